package org.tinytorch.tito;

import java.util.List;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseException;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.Task;
import org.tinytorch.tito.course.TaskId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tito hint TASK}: one rung of the ladder more each time. */
@Command(name = "hint", description = "Show the next hint for a task; each call shows one more.")
final class HintCommand extends CourseCommand {

    @Parameters(index = "0", paramLabel = "TASK", description = "The task, for example 2.3.")
    private String task = "";

    @Option(names = "--again", description = "Show the hints that you have seen, and no new one.")
    private boolean again;

    @Override
    int run(Course course, Progress progress, Terminal terminal) {
        TaskId id = TaskId.parse(task);
        Task found = course.task(id);
        CourseModule module = course.module(id.module());
        List<String> rungs = HintLadder.read(course, module).getOrDefault(id, List.of());
        if (rungs.isEmpty()) {
            throw new CourseException("there are no hints for " + found.label() + " yet");
        }
        int seen = progress.hints(id);
        int shown = again ? seen : Math.min(seen + 1, rungs.size());
        terminal.line(terminal.strong(found.label()));
        for (int i = again || seen == rungs.size() ? 0 : shown - 1; i < shown; i++) {
            terminal.line();
            terminal.line("Hint %d of %d", i + 1, rungs.size());
            terminal.block("  ", rungs.get(i));
        }
        terminal.line();
        if (shown < rungs.size()) {
            terminal.line("next: ./tito check %d, or once more ./tito hint %s", id.module(), id);
        } else {
            terminal.line(
                    "That was the last hint. next: ./tito check %d, or ./tito solution %s --give-up", id.module(), id);
        }
        progress.hints(id, shown);
        progress.save();
        return 0;
    }
}
