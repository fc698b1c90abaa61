package org.tinytorch.tito;

import java.nio.file.Path;
import java.util.Optional;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.Originals;
import picocli.CommandLine.Option;

/** The option of the commands that need solutions. */
final class SolutionsOption {

    @Option(
            names = "--solutions",
            paramLabel = "FILE",
            description = "The instructor's archive of solutions; a student edition is without them.")
    private Optional<Path> archive = Optional.empty();

    Originals originals(Course course) {
        return Originals.of(course, archive);
    }
}
