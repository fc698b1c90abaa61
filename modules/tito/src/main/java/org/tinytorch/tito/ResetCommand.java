package org.tinytorch.tito;

import java.nio.file.Path;
import java.util.Optional;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tito reset N}: the untouched skeleton again, with a copy of what was there. */
@Command(
        name = "reset",
        description = "Put a module's untouched skeleton back. What was there is copied to .tito/backups first.")
final class ResetCommand extends CourseCommand {

    @Parameters(index = "0", paramLabel = "N", description = "The module's number.")
    private int number;

    @Option(names = "--given", description = "Put the given code back instead, and leave your tasks alone.")
    private boolean given;

    @Override
    int run(Course course, Progress progress, Terminal terminal) {
        CourseModule module = course.module(number);
        Optional<Path> copy = new StudentFiles(course, module).reset(given);
        if (!given) {
            module.tasks().forEach(task -> progress.state(task.taskId(), Progress.State.OPEN));
            progress.save();
        }
        if (copy.isPresent()) {
            terminal.line("Module %s: the %s is back.", module.name(), given ? "given code" : "untouched skeleton");
            terminal.line("What was there: %s", course.display(copy.get()));
        } else {
            terminal.line("Module %s: the %s is in place.", module.name(), given ? "given code" : "untouched skeleton");
        }
        terminal.line(nextStep(course, progress));
        return 0;
    }
}
