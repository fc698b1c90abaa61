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

/** Of the jar with the solutions of modules 15 to 20, students get the package {@code interop} and nothing else. */
class InteropJarTest {

    private static final String INTEROP = "org/tinytorch/interop/HtmlReport.class";

    @TempDir
    private Path libraries;

    private void jar(String... entries) throws IOException {
        Path file = libraries.resolve("tinytorch-optim-perf-1.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (String entry : entries) {
                jar.putNextEntry(new JarEntry(entry));
                jar.write(entry.getBytes(StandardCharsets.UTF_8));
                jar.closeEntry();
            }
        }
    }

    private List<String> written() throws IOException {
        Path file = libraries.resolve("interop.jar");
        assertThat(Libraries.allowed(file)).isTrue();
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.stream().map(JarEntry::getName).toList();
        }
    }

    @Test
    void holdsThePackageAlone() throws IOException {
        jar("META-INF/services/org.tinytorch.tensor.Backend", "org/tinytorch/caching/KvCache.class", INTEROP);
        InteropJar.write(libraries);
        assertThat(written()).containsExactly(INTEROP);
    }

    @Test
    void isWrittenAnewWhenTheWholeJarIs() throws IOException {
        jar(INTEROP);
        InteropJar.write(libraries);
        String more = "org/tinytorch/interop/More.class";
        jar(INTEROP, more);
        Files.setLastModifiedTime(
                libraries.resolve("tinytorch-optim-perf-1.jar"),
                FileTime.fromMillis(System.currentTimeMillis() + 5000));
        InteropJar.write(libraries);
        assertThat(written()).containsExactly(INTEROP, more);
    }
}
