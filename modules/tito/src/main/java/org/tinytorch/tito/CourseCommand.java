package org.tinytorch.tito;

import java.util.concurrent.Callable;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.TaskId;
import picocli.CommandLine.Command;

/** What the commands that deal with the course share: the course, the progress and the terminal. */
@Command(mixinStandardHelpOptions = true)
abstract class CourseCommand implements Callable<Integer> {

    private final Terminal terminal = Terminal.standard();

    @Override
    public final Integer call() throws Exception {
        Course course = Course.load(Repository.root());
        return run(course, Progress.load(course), terminal);
    }

    /** Does the work; the answer is the exit code. */
    abstract int run(Course course, Progress progress, Terminal terminal) throws Exception;

    /** The first task that is still open; the last module's end if none is. */
    static String nextStep(Course course, Progress progress) {
        for (var module : course.modules()) {
            for (var task : module.tasks()) {
                if (progress.state(task.taskId()) == Progress.State.OPEN) {
                    return "next: " + task.label() + " in modules/" + module.name()
                            + " (read README.md there, then ./tito check " + module.number() + ")";
                }
            }
        }
        return "every task of this repository is done: ./tito milestone lists what to run";
    }

    /** Where a task lies, for messages. */
    static String file(Course course, TaskId task) {
        return TaskPlaces.of(course, course.module(task.module()))
                .getOrDefault(task, "modules/" + course.module(task.module()).name());
    }
}
