package org.tinytorch.tito;

import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.Task;
import picocli.CommandLine.Command;

/** {@code tito status}: the map of the course. */
@Command(name = "status", description = "Show the modules, what you have done, and what comes next.")
final class StatusCommand extends CourseCommand {

    /** The five phases: the first module of each, and its name. */
    private enum Phase {
        FOUNDATION(1, "Mathematical foundation"),
        LEARNING(7, "Learning to learn"),
        MODERN(11, "Modern AI"),
        SYSTEMS(15, "System optimisation"),
        CAPSTONE(20, "Capstone");

        private final int first;
        private final String title;

        Phase(int first, String title) {
            this.first = first;
            this.title = title;
        }
    }

    @Override
    int run(Course course, Progress progress, Terminal terminal) {
        int points = 0;
        int all = 0;
        for (CourseModule module : course.modules()) {
            heading(module.number(), terminal);
            all += module.tasks().stream().mapToInt(Task::points).sum();
            points += points(module, progress);
            terminal.line(
                    "  %s %s  %-60s %s",
                    closed(module, progress) ? terminal.done() : terminal.open(),
                    module.id(),
                    module.metadata().title(),
                    terminal.faint(words(module, progress)));
        }
        terminal.line();
        terminal.line("%d of %d points", points, all);
        milestones(course, progress, terminal);
        terminal.line(nextStep(course, progress));
        return 0;
    }

    private static void heading(int number, Terminal terminal) {
        for (Phase phase : Phase.values()) {
            if (phase.first == number) {
                terminal.line(terminal.strong(phase.title));
            }
        }
    }

    private static void milestones(Course course, Progress progress, Terminal terminal) {
        int finished = progress.finished(course);
        for (CourseModule module : course.modules()) {
            boolean unlocked = module.number() <= finished;
            for (String name : module.metadata().milestones()) {
                terminal.line(
                        "%s milestone %-11s %s",
                        unlocked ? terminal.done() : terminal.open(),
                        name,
                        terminal.faint(
                                unlocked ? MilestoneCommand.onMine(name, finished) : "after module " + module.id()));
            }
        }
    }

    private static boolean closed(CourseModule module, Progress progress) {
        return !module.tasks().isEmpty() && count(module, progress, Progress.State.OPEN) == 0;
    }

    private static int points(CourseModule module, Progress progress) {
        return module.tasks().stream()
                .filter(task -> progress.state(task.taskId()) == Progress.State.PASSED)
                .mapToInt(Task::points)
                .sum();
    }

    private static long count(CourseModule module, Progress progress, Progress.State state) {
        return module.tasks().stream()
                .filter(task -> progress.state(task.taskId()) == state)
                .count();
    }

    private static String words(CourseModule module, Progress progress) {
        if (module.tasks().isEmpty()) {
            return "all code given";
        }
        int worth = module.tasks().stream().mapToInt(Task::points).sum();
        long skipped = count(module, progress, Progress.State.SKIPPED);
        return count(module, progress, Progress.State.PASSED) + " of "
                + module.tasks().size() + " tasks" + (skipped > 0 ? ", " + skipped + " skipped" : "") + ", "
                + points(module, progress) + " of " + worth + " points";
    }
}
