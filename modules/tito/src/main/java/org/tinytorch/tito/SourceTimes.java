package org.tinytorch.tito;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.tinytorch.tito.course.FileTrees;

/** Whether what was built is older than what it was built from. */
final class SourceTimes {

    private SourceTimes() {}

    /** Whether any source of the library or the milestones is newer than a time. */
    static boolean libraryChangedSince(Path root, FileTime time) {
        List<Path> sources = new ArrayList<>(List.of(root.resolve("pom.xml")));
        try (DirectoryStream<Path> projects = Files.newDirectoryStream(root, "{tinytorch-*,milestones}")) {
            for (Path project : projects) {
                sources.add(project.resolve("pom.xml"));
                sources.addAll(FileTrees.files(project.resolve("src/main"), ""));
            }
            for (Path source : sources) {
                if (Files.exists(source) && Files.getLastModifiedTime(source).compareTo(time) > 0) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When a file was written; the beginning of time if it does not exist. */
    static FileTime written(Path file) {
        try {
            return Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
