package org.tinytorch.tito;

import java.util.Optional;
import org.tinytorch.tito.check.Checker;
import org.tinytorch.tito.check.WorkerProcess;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseException;
import org.tinytorch.tito.course.CourseModule;
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
        CheckSession session = new CheckSession(course, progress, terminal);
        Optional<TaskId> wanted = task.map(TaskId::parse);
        wanted.ifPresent(course::task);
        if (wanted.isPresent()
                && number.isPresent()
                && number.get() != wanted.get().module()) {
            throw new CourseException("task " + wanted.get() + " is not in module " + number.get());
        }
        CourseModule module = session.module(wanted.map(TaskId::module).or(() -> number));
        if (module.tasks().isEmpty()) {
            terminal.line("Module %s has no tasks yet: all of its code is given.", module.name());
            terminal.line(nextStep(course, progress));
            return 0;
        }
        Checker checker = new Checker(course);
        try (WorkerProcess worker = checker.worker(module)) {
            return session.check(module, wanted.stream().toList(), checker, worker) ? 0 : 1;
        }
    }
}
