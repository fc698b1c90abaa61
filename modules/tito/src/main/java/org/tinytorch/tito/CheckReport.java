package org.tinytorch.tito;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tinytorch.tito.check.CheckOutcome;
import org.tinytorch.tito.check.CheckResult;
import org.tinytorch.tito.check.CheckRun;
import org.tinytorch.tito.check.CompileError;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.Task;
import org.tinytorch.tito.course.TaskId;

/** Prints what a check found: the map of the module's tasks, and the first failure in full. */
final class CheckReport {

    private static final int MOST_ERRORS = 3;
    private static final int MOST_PRINTED_LINES = 12;

    private final Course course;
    private final Terminal terminal;
    private final Progress progress;

    CheckReport(Course course, Terminal terminal, Progress progress) {
        this.course = course;
        this.terminal = terminal;
        this.progress = progress;
    }

    void print(CheckResult result, List<TaskId> wanted) {
        CourseModule module = result.module();
        terminal.line(terminal.strong(
                "Module " + module.id() + ": " + module.metadata().title()));
        result.notCompiling().ifPresent(broken -> compileErrors(broken, result.errors()));
        result.run().ifPresent(run -> outcomes(module, wanted, run, result.green()));
    }

    private void compileErrors(CourseModule broken, List<CompileError> errors) {
        terminal.line("%s modules/%s does not compile, so nothing was checked:", terminal.failed(), broken.name());
        for (CompileError error : errors.subList(0, Math.min(MOST_ERRORS, errors.size()))) {
            terminal.line();
            String task = error.task()
                    .map(id -> "  (in " + course.task(id).label() + ")")
                    .orElse("");
            terminal.line("  %s:%d%s", course.display(error.file()), error.line(), task);
            terminal.block("    ", error.code().strip());
            terminal.block("    ", error.message());
        }
        if (errors.size() > MOST_ERRORS) {
            terminal.line();
            terminal.line("  … and %d more: the first is often the cause of the rest.", errors.size() - MOST_ERRORS);
        }
        terminal.line();
        terminal.line("next: mend the line above and run ./tito check again");
    }

    private void outcomes(CourseModule module, List<TaskId> wanted, CheckRun run, boolean green) {
        Optional<CheckOutcome> firstFailure = Optional.empty();
        for (Task task : module.tasks()) {
            TaskId id = task.taskId();
            if (!wanted.isEmpty() && !wanted.contains(id)) {
                continue;
            }
            List<CheckOutcome> checks = run.of(id);
            long passed = checks.stream()
                    .filter(check -> check.status() == CheckOutcome.Status.PASSED)
                    .count();
            if (run.passed(id)) {
                String left = checks.stream()
                        .filter(check -> check.status() == CheckOutcome.Status.LEFT_OUT)
                        .map(check -> terminal.faint("  " + check.message()))
                        .findFirst()
                        .orElse("");
                terminal.line("  %s %s%s", terminal.done(), task.label(), left);
                continue;
            }
            Optional<CheckOutcome> failure = failure(checks);
            boolean first = firstFailure.isEmpty() && failure.isPresent();
            String sign = first ? terminal.failed() : terminal.open();
            terminal.line(
                    "  %s %s  %s",
                    sign, task.label(), terminal.faint(passed + " of " + checks.size() + " checks pass"));
            if (first) {
                firstFailure = failure;
                failure(module, id, failure.get());
            }
        }
        Optional<CheckOutcome> outside = run.outcomes().stream()
                .filter(check -> check.task().isEmpty() && check.status() != CheckOutcome.Status.PASSED)
                .findFirst();
        if (firstFailure.isEmpty() && outside.isPresent()) {
            terminal.line("  %s outside the tasks:", terminal.failed());
            terminal.block("      ", outside.get().message());
        }
        terminal.line();
        if (green) {
            terminal.line(
                    "%s %s",
                    terminal.done(), wanted.isEmpty() ? "All of module " + module.id() + " passes." : "Passes.");
            if (wanted.isEmpty()) {
                module.metadata()
                        .milestones()
                        .forEach(name -> terminal.line(
                                "unlocked: %s runs it on what you have written",
                                MilestoneCommand.onMine(name, progress.finished(course))));
            }
            terminal.line(CourseCommand.nextStep(course, progress));
        } else {
            terminal.line(advice(module, firstFailure));
        }
    }

    private void failure(CourseModule module, TaskId id, CheckOutcome failure) {
        terminal.line("      %s", terminal.strong(failure.name()));
        terminal.block("      ", failure.message());
        Map<TaskId, String> places = TaskPlaces.of(course, module);
        String where = failure.where().isEmpty()
                ? places.getOrDefault(id, course.display(module.mainJava()))
                : TaskPlaces.find(course, module, failure.where());
        terminal.line("      %s %s", terminal.faint("look at"), where);
        if (!failure.printed().isBlank()) {
            terminal.line("      %s", terminal.faint("it printed"));
            failure.printed().lines().limit(MOST_PRINTED_LINES).forEach(line -> terminal.line("%s", "        " + line));
        }
    }

    private static Optional<CheckOutcome> failure(List<CheckOutcome> checks) {
        return checks.stream()
                .filter(check -> check.status() == CheckOutcome.Status.FAILED)
                .findFirst();
    }

    private String advice(CourseModule module, Optional<CheckOutcome> failure) {
        Optional<TaskId> unwritten = failure.flatMap(CheckOutcome::unwritten);
        if (unwritten.isPresent() && unwritten.get().module() < module.number()) {
            int earlier = unwritten.get().module();
            return "next: your module " + earlier + " is not finished; ./tito check " + earlier
                    + " shows what is left, ./tito skip " + earlier + " fills in its solution";
        }
        Optional<TaskId> task = failure.flatMap(CheckOutcome::task);
        return task.map(id -> "next: mend " + course.task(id).label() + ", then ./tito check " + module.number()
                        + "; stuck? ./tito hint " + id)
                .orElse("next: the checks did not come to their end; see above");
    }
}
