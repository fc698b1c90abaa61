package org.tinytorch.tito;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tito.check.Libraries;

/** Of the jars with the solutions of modules 15 to 20 and with the server, students get the packages {@code interop} and {@code serving} and nothing else. */
class UntaughtJarsTest {

    private static final String INTEROP = "org/tinytorch/interop/HtmlReport.class";

    @TempDir
    private Path libraries;

    private void jar(String... entries) throws IOException {
        jar(libraries.resolve("tinytorch-optim-perf-1.jar"), entries);
    }

    private static void jar(Path file, String... entries) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (String entry : entries) {
                jar.putNextEntry(new JarEntry(entry));
                jar.write(entry.getBytes(StandardCharsets.UTF_8));
                jar.closeEntry();
            }
        }
    }

    private List<String> written() throws IOException {
        return written("interop.jar");
    }

    private List<String> written(String name) throws IOException {
        Path file = libraries.resolve(name);
        assertThat(Libraries.allowed(file)).isTrue();
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.stream().map(JarEntry::getName).toList();
        }
    }

    @Test
    void holdsThePackageAlone() throws IOException {
        jar("META-INF/services/org.tinytorch.tensor.Backend", "org/tinytorch/caching/KvCache.class", INTEROP);
        UntaughtJars.write(libraries);
        assertThat(written()).containsExactly(INTEROP);
    }

    @Test
    void theServerHasAJarToo() throws IOException {
        String page = "org/tinytorch/serving/web/index.html";
        jar(libraries.resolve("tinytorch-serving-1.jar"), "META-INF/LICENSE", page);
        UntaughtJars.write(libraries);
        assertThat(written("serving.jar")).containsExactly(page);
        assertThat(libraries.resolve("interop.jar")).doesNotExist();
    }

    @Test
    void isWrittenAnewWhenTheWholeJarIs() throws IOException {
        jar(INTEROP);
        UntaughtJars.write(libraries);
        String more = "org/tinytorch/interop/More.class";
        jar(INTEROP, more);
        Files.setLastModifiedTime(
                libraries.resolve("tinytorch-optim-perf-1.jar"),
                FileTime.fromMillis(System.currentTimeMillis() + 5000));
        UntaughtJars.write(libraries);
        assertThat(written()).containsExactly(INTEROP, more);
    }
}
