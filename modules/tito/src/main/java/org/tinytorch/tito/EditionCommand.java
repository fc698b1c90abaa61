package org.tinytorch.tito;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tinytorch.tito.check.Libraries;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.Edition;
import org.tinytorch.tito.course.SolutionArchive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tito edition DIR}: for instructors. */
@Command(
        name = "edition",
        description = {
            "For instructors: write the course without its solutions, as a directory to hand out: it needs a JDK and no network.",
            "The solutions go into an archive that you keep, for solution and skip with --solutions FILE."
        })
final class EditionCommand extends CourseCommand {

    @Parameters(index = "0", paramLabel = "DIR", description = "A directory that does not exist yet.")
    private Path directory;

    @Option(
            names = "--solutions",
            paramLabel = "FILE",
            description = "Where the solutions go. Default: DIR-solutions.zip, beside DIR.")
    private Optional<Path> solutions = Optional.empty();

    @Override
    int run(Course course, Progress progress, Terminal terminal) throws IOException {
        Path tito = course.root().resolve("modules/tito/target/tito.jar");
        Path milestones = MilestonesProgram.jar(course.root());
        new Edition(course).write(directory, List.of(tito, milestones), Libraries::allowed);
        Path target = directory.toAbsolutePath().normalize();
        Path archive = solutions.orElse(target.resolveSibling(target.getFileName() + "-solutions.zip"));
        SolutionArchive.write(course, archive);
        terminal.line("%s %s is ready to be handed out", terminal.done(), directory);
        terminal.line("%s %s holds the solutions: keep it", terminal.done(), archive);
        terminal.line("next: cd %s, and ./tito status there shows what a student sees", directory);
        return 0;
    }
}
