package org.tinytorch.tito.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.tinytorch.tito.course.Course;

/**
 * Classes as the JVM has loaded them once, kept in a file so that the next JVM starts in half the time: class data sharing. An archive belongs to one Java and
 * one set of jars; the JVM itself leaves one that does not fit aside.
 *
 * @param file where it is kept, in {@code .tito}
 */
public record ClassArchive(Path file) {

    /**
     * Tito's own archive. The start script looks for it under this name.
     *
     * @param course the course
     * @return the archive for the Java that is running
     */
    public static ClassArchive ofTito(Course course) {
        return new ClassArchive(course.workDirectory().resolve("tito-" + feature() + ".jsa"));
    }

    /**
     * The archive of the JVM that runs the checks.
     *
     * @param course the course
     * @return the archive for the Java that is running
     */
    public static ClassArchive ofWorker(Course course) {
        return new ClassArchive(course.workDirectory().resolve("checks-" + feature() + ".jsa"));
    }

    private static int feature() {
        return Runtime.version().feature();
    }

    /**
     * Whether it was made, and later than the jars that it was made of.
     *
     * @param libraries the jars
     * @return false if making it would help
     */
    public boolean fresh(List<Path> libraries) {
        try {
            if (!Files.exists(file)) {
                return false;
            }
            FileTime made = Files.getLastModifiedTime(file);
            for (Path jar : libraries) {
                if (Files.getLastModifiedTime(jar).compareTo(made) > 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How to start a JVM with it.
     *
     * @return flags; none if it was never made
     */
    public List<String> use() {
        // Without -Xlog:disable an archive of another Java, or of older jars, is announced on standard output.
        return Files.exists(file) ? List.of("-XX:SharedArchiveFile=" + file, "-Xlog:disable") : List.of();
    }

    /**
     * How to start a JVM that makes it when it ends.
     *
     * @return flags
     */
    public List<String> make() {
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of("-XX:ArchiveClassesAtExit=" + file, "-Xlog:disable", Worker.ENDS_NORMALLY);
    }
}
