package org.tinytorch.tito;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.tinytorch.tito.course.FileTrees;

/**
 * The packages that no module teaches, {@code interop} and {@code serving}, each in a jar of its own. They stand above the course, and are needed when a program runs on what a student has written, where the jars
 * that they come in must not be.
 */
final class UntaughtJars {

    /**
     * A package to cut out.
     *
     * @param jar the name of its own jar
     * @param whole how the name of the jar begins that it comes in
     * @param folder of its classes
     */
    private record Part(String jar, String whole, String folder) {}

    private static final List<Part> PARTS = List.of(
            new Part("interop.jar", "tinytorch-optim-perf-", "org/tinytorch/interop/"),
            new Part("serving.jar", "tinytorch-serving-", "org/tinytorch/serving/"));

    private UntaughtJars() {}

    /** Writes them beside the jars that they come in, unless they are there already and not older. */
    static void write(Path libraries) throws IOException {
        for (Part part : PARTS) {
            write(libraries, part);
        }
    }

    private static void write(Path libraries, Part part) throws IOException {
        Path jar = libraries.resolve(part.jar());
        for (Path whole : FileTrees.files(libraries, ".jar")) {
            if (whole.getFileName().toString().startsWith(part.whole())
                    && SourceTimes.written(whole).compareTo(SourceTimes.written(jar)) > 0) {
                Path unfinished = Files.createTempFile(libraries, part.jar(), ".part");
                try {
                    cut(whole, part.folder(), unfinished);
                    Files.move(unfinished, jar, StandardCopyOption.REPLACE_EXISTING);
                } finally {
                    Files.deleteIfExists(unfinished);
                }
            }
        }
    }

    private static void cut(Path whole, String folder, Path to) throws IOException {
        try (JarFile from = new JarFile(whole.toFile());
                OutputStream out = Files.newOutputStream(to);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (JarEntry entry : from.stream()
                    .filter(entry -> entry.getName().startsWith(folder) && !entry.isDirectory())
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
