package org.tinytorch.tito.course;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Copies of a student's files, made before anything is written over them. */
public final class Backup {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT);

    private Backup() {}

    /**
     * Copies those of the files that exist to a new directory below {@code .tito/backups}.
     *
     * @param course the course
     * @param files the files that are about to change
     * @return where the copies are, or empty if there was nothing to copy
     */
    public static Optional<Path> of(Course course, Collection<Path> files) {
        if (files.stream().noneMatch(Files::exists)) {
            return Optional.empty();
        }
        try {
            Path directory = newDirectory(course.workDirectory().resolve("backups"));
            for (Path file : files) {
                if (Files.exists(file)) {
                    Path copy = directory.resolve(course.root().relativize(file).toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
            return Optional.of(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path newDirectory(Path parent) throws IOException {
        String stamp = STAMP.format(LocalDateTime.now(ZoneId.systemDefault()));
        Path directory = parent.resolve(stamp);
        for (int i = 2; Files.exists(directory); i++) {
            directory = parent.resolve(stamp + "-" + i);
        }
        return Files.createDirectories(directory);
    }
}
