package org.tinytorch.tito;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.tinytorch.tito.course.FileTrees;

/**
 * The package {@code interop} in a jar of its own. It stands above the course: no module teaches it, and the milestones need it when they run on what a student has written, where the jar that it comes in must
 * not be.
 */
final class InteropJar {

    private static final String NAME = "interop.jar";
    private static final String WHOLE = "tinytorch-optim-perf-";
    private static final String PACKAGE = "org/tinytorch/interop/";

    private InteropJar() {}

    /** Writes it beside the jar that it comes in, unless it is there already and not older. */
    static void write(Path libraries) throws IOException {
        Path jar = libraries.resolve(NAME);
        for (Path whole : FileTrees.files(libraries, ".jar")) {
            if (whole.getFileName().toString().startsWith(WHOLE)
                    && SourceTimes.written(whole).compareTo(SourceTimes.written(jar)) > 0) {
                Path part = Files.createTempFile(libraries, NAME, ".part");
                try {
                    cut(whole, part);
                    Files.move(part, jar, StandardCopyOption.REPLACE_EXISTING);
                } finally {
                    Files.deleteIfExists(part);
                }
            }
        }
    }

    private static void cut(Path whole, Path to) throws IOException {
        try (JarFile from = new JarFile(whole.toFile());
                OutputStream out = Files.newOutputStream(to);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (JarEntry entry : from.stream()
                    .filter(entry -> entry.getName().startsWith(PACKAGE) && !entry.isDirectory())
                    .toList()) {
                jar.putNextEntry(new JarEntry(entry.getName()));
                try (InputStream in = from.getInputStream(entry)) {
                    in.transferTo(jar);
                }
                jar.closeEntry();
            }
        }
    }
}
