package org.tinytorch.tito;

import java.util.List;
import java.util.Optional;
import org.tinytorch.tito.check.CheckResult;
import org.tinytorch.tito.check.CheckRun;
import org.tinytorch.tito.check.Checker;
import org.tinytorch.tito.check.WorkerProcess;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseException;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.Task;
import org.tinytorch.tito.course.TaskId;

/** What {@code check} and {@code watch} do: check a module, note what passes, and report it. */
final class CheckSession {

    private static final int MOST_WARNINGS = 3;

    private final Course course;
    private final Progress progress;
    private final Terminal terminal;

    CheckSession(Course course, Progress progress, Terminal terminal) {
        this.course = course;
        this.progress = progress;
        this.terminal = terminal;
    }

    /** The module that is meant: the one that was named, or else the first with an open task, or else the last with tasks. */
    CourseModule module(Optional<Integer> named) {
        return named.map(course::module)
                .or(() -> course.modules().stream()
                        .filter(module -> module.tasks().stream()
                                .anyMatch(open -> progress.state(open.taskId()) == Progress.State.OPEN))
                        .findFirst())
                .or(() -> course.modules().stream()
                        .filter(module -> !module.tasks().isEmpty())
                        .reduce((first, second) -> second))
                .orElseThrow(() -> new CourseException("no module of this repository has tasks"));
    }

    /** Checks and reports; true if all passes. */
    boolean check(CourseModule module, List<TaskId> wanted, Checker checker, WorkerProcess worker) {
        warn(GivenCode.warnings(course, module));
        CheckResult result = checker.check(module, wanted, worker);
        result.run().ifPresent(run -> note(module, wanted, run));
        new CheckReport(course, terminal, progress).print(result, wanted);
        return result.green();
    }

    private void warn(List<String> warnings) {
        warnings.stream().limit(MOST_WARNINGS).forEach(warning -> terminal.line("note: %s", warning));
        if (warnings.size() > MOST_WARNINGS) {
            terminal.line("note: and %d more like these", warnings.size() - MOST_WARNINGS);
        }
    }

    private void note(CourseModule module, List<TaskId> wanted, CheckRun run) {
        for (Task candidate : module.tasks()) {
            TaskId id = candidate.taskId();
            if (wanted.isEmpty() || wanted.contains(id)) {
                progress.state(id, run.passed(id) ? Progress.State.PASSED : Progress.State.OPEN);
            }
        }
        progress.save();
    }
}
