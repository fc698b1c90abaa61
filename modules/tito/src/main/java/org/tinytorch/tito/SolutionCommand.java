package org.tinytorch.tito;

import java.util.List;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.Task;
import org.tinytorch.tito.course.TaskId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tito solution TASK}: what the library does there; for a task that is not passed, only on request. */
@Command(name = "solution", description = "Show the library's solution of a task that you have passed, or give up on.")
final class SolutionCommand extends CourseCommand {

    @Parameters(index = "0", paramLabel = "TASK", description = "The task, for example 2.3.")
    private String task = "";

    @Option(names = "--give-up", description = "Show it although the checks have not passed.")
    private boolean giveUp;

    @Mixin
    private SolutionsOption solutions;

    @Override
    int run(Course course, Progress progress, Terminal terminal) {
        TaskId id = TaskId.parse(task);
        Task found = course.task(id);
        if (progress.state(id) == Progress.State.OPEN && !giveUp) {
            terminal.line("%s has not passed its checks yet.", found.label());
            terminal.line(
                    "next: ./tito hint %s for a hint, or ./tito solution %s --give-up to see the solution now", id, id);
            return 1;
        }
        CourseModule module = course.module(id.module());
        List<String> body = solutions.originals(course).solutions(module).get(id);
        terminal.line(terminal.strong(found.label()));
        terminal.line(terminal.faint(file(course, id)));
        terminal.line();
        terminal.block("", String.join("\n", body));
        terminal.line();
        terminal.line(
                "next: compare it with yours; what does it do differently, and why? Then ./tito check %d", id.module());
        return 0;
    }
}
