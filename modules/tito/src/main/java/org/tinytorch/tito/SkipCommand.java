package org.tinytorch.tito;

import java.util.List;
import java.util.Set;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.Task;
import org.tinytorch.tito.course.TaskId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tito skip N}: fills in the solutions of a module's open tasks, so that later modules have something to stand on. */
@Command(
        name = "skip",
        description = {
            "Fill in the library's solution of the tasks of a module that are still open.",
            "Tasks that passed stay yours; changed files are copied to .tito/backups first."
        })
final class SkipCommand extends CourseCommand {

    @Parameters(index = "0", paramLabel = "N", description = "The module's number.")
    private int number;

    @Mixin
    private SolutionsOption solutions;

    @Override
    int run(Course course, Progress progress, Terminal terminal) {
        CourseModule module = course.module(number);
        StudentFiles files = new StudentFiles(course, module, solutions.originals(course));
        Set<TaskId> unwritten = files.unwritten();
        List<TaskId> open = module.tasks().stream()
                .map(Task::taskId)
                .filter(id -> progress.state(id) == Progress.State.OPEN || unwritten.contains(id))
                .toList();
        if (open.isEmpty()) {
            terminal.line("Module %s has no open task.", module.name());
        } else {
            files.fill(open).ifPresent(copy -> terminal.line("Your files as they were: %s", course.display(copy)));
            open.forEach(id -> progress.state(id, Progress.State.SKIPPED));
            progress.save();
            terminal.line(
                    "Filled in: %s",
                    String.join(", ", open.stream().map(TaskId::toString).toList()));
            terminal.line("./tito reset %d takes it back.", number);
        }
        terminal.line(nextStep(course, progress));
        return 0;
    }
}
