package org.tinytorch.tito;

import java.util.List;
import java.util.Optional;
import org.tinytorch.tito.check.CheckResult;
import org.tinytorch.tito.check.CheckRun;
import org.tinytorch.tito.check.Checker;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseException;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.Task;
import org.tinytorch.tito.course.TaskId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tito check}: compiles a module with the modules before it, runs its checks, and shows the first task that fails. */
@Command(
        name = "check",
        description = {
            "Check a module: compile it with your modules before it and run its checks.",
            "Exit code 0 if all passed, 1 if not."
        })
final class CheckCommand extends CourseCommand {

    private static final int MOST_WARNINGS = 3;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "N",
            description = "The module's number. Default: the first with an open task.")
    private Optional<Integer> number = Optional.empty();

    @Option(names = "--task", paramLabel = "TASK", description = "Check this task only, for example 2.3.")
    private Optional<String> task = Optional.empty();

    @Override
    int run(Course course, Progress progress, Terminal terminal) {
        List<TaskId> wanted = task.stream().map(TaskId::parse).toList();
        wanted.forEach(course::task);
        CourseModule module = module(course, progress, wanted);
        if (module.tasks().isEmpty()) {
            terminal.line("Module %s has no tasks yet: all of its code is given.", module.name());
            terminal.line(nextStep(course, progress));
            return 0;
        }
        warn(GivenCode.warnings(course, module), terminal);
        CheckResult result = new Checker(course).check(module, wanted);
        result.run().ifPresent(run -> note(module, wanted, run, progress));
        new CheckReport(course, terminal, progress).print(result, wanted);
        return result.green() ? 0 : 1;
    }

    private CourseModule module(Course course, Progress progress, List<TaskId> wanted) {
        if (!wanted.isEmpty()) {
            if (number.isPresent() && number.get() != wanted.get(0).module()) {
                throw new CourseException("task " + wanted.get(0) + " is not in module " + number.get());
            }
            return course.module(wanted.get(0).module());
        }
        if (number.isPresent()) {
            return course.module(number.get());
        }
        return course.modules().stream()
                .filter(module ->
                        module.tasks().stream().anyMatch(open -> progress.state(open.taskId()) == Progress.State.OPEN))
                .findFirst()
                .or(() -> course.modules().stream()
                        .filter(module -> !module.tasks().isEmpty())
                        .reduce((first, second) -> second))
                .orElseThrow(() -> new CourseException("no module of this repository has tasks"));
    }

    private static void warn(List<String> warnings, Terminal terminal) {
        warnings.stream().limit(MOST_WARNINGS).forEach(warning -> terminal.line("note: %s", warning));
        if (warnings.size() > MOST_WARNINGS) {
            terminal.line("note: and %d more like these", warnings.size() - MOST_WARNINGS);
        }
    }

    private static void note(CourseModule module, List<TaskId> wanted, CheckRun run, Progress progress) {
        for (Task candidate : module.tasks()) {
            TaskId id = candidate.taskId();
            if (wanted.isEmpty() || wanted.contains(id)) {
                progress.state(id, run.passed(id) ? Progress.State.PASSED : Progress.State.OPEN);
            }
        }
        progress.save();
    }
}
