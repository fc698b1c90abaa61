package org.tinytorch.tito;

import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.Task;
import picocli.CommandLine.Command;

/** {@code tito status}: the map of the course. */
@Command(name = "status", description = "Show the modules, what you have done, and what comes next.")
final class StatusCommand extends CourseCommand {

    @Override
    int run(Course course, Progress progress, Terminal terminal) {
        int points = 0;
        int all = 0;
        for (CourseModule module : course.modules()) {
            int passed = 0;
            int skipped = 0;
            for (Task task : module.tasks()) {
                Progress.State state = progress.state(task.taskId());
                all += task.points();
                points += state == Progress.State.PASSED ? task.points() : 0;
                passed += state == Progress.State.PASSED ? 1 : 0;
                skipped += state == Progress.State.SKIPPED ? 1 : 0;
            }
            terminal.line(
                    "  %s %s  %-60s %s",
                    sign(module, passed + skipped, terminal),
                    module.id(),
                    module.metadata().title(),
                    terminal.faint(words(module, passed, skipped)));
        }
        terminal.line();
        terminal.line("%d of %d points", points, all);
        terminal.line(nextStep(course, progress));
        return 0;
    }

    private static String sign(CourseModule module, int closed, Terminal terminal) {
        return !module.tasks().isEmpty() && closed == module.tasks().size() ? terminal.done() : terminal.open();
    }

    private static String words(CourseModule module, int passed, int skipped) {
        if (module.tasks().isEmpty()) {
            return "all code given";
        }
        String milestone = module.metadata().milestone();
        return passed + " of " + module.tasks().size() + " tasks" + (skipped > 0 ? ", " + skipped + " skipped" : "")
                + (milestone.isEmpty() ? "" : ", unlocks " + milestone);
    }
}
