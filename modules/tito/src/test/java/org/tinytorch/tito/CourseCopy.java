package org.tinytorch.tito;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.FileTrees;
import org.tinytorch.tito.course.Sync;

/** A copy of a repository's library and course, in which tests write answers. */
final class CourseCopy {

    private CourseCopy() {}

    /** The course in a directory of its own, every skeleton untouched. */
    static Course of(Path root, Path directory) throws IOException {
        for (Path top : List.of(root.resolve("modules"), root)) {
            try (Stream<Path> projects = Files.list(top)) {
                for (Path project : projects.toList()) {
                    String name = project.getFileName().toString();
                    if (name.startsWith("tinytorch-")) {
                        copyTree(root, directory, project.resolve("src/main"));
                    } else if (name.matches("\\d\\d-.*|checks")) {
                        copyTree(root, directory, project.resolve("module.yaml"));
                        copyTree(root, directory, project.resolve("src/test"));
                        copyTree(root, directory, project.resolve("src/experiment"));
                        copyTree(root, directory, project.resolve("src/main/java/org/tinytorch/checks"));
                    }
                }
            }
        }
        Course copy = Course.load(directory);
        new Sync(copy).write();
        return copy;
    }

    private static void copyTree(Path root, Path directory, Path tree) throws IOException {
        List<Path> files = Files.isRegularFile(tree) ? List.of(tree) : FileTrees.files(tree, "");
        for (Path file : files) {
            Path target = directory.resolve(root.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }
}
