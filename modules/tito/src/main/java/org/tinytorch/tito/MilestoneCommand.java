package org.tinytorch.tito;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.tinytorch.tito.check.AddedModules;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseException;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.Edition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tito milestone NAME}: runs a milestone with the finished library, or with what the student has written. */
@Command(
        name = "milestone",
        mixinStandardHelpOptions = true,
        description = {
            "Run a milestone with the finished library, building what is missing first;",
            "with --mine behind the name, on what you have written, once you have unlocked it: ./tito milestone xor --mine --classroom",
            "(--classroom is the preset for plain loops; from module 15 on your code is fast enough for the full one).",
            "Without a name: list the milestones. Other options after the name go to the milestone: ./tito milestone xor --help"
        })
final class MilestoneCommand implements Callable<Integer> {

    private static final String MAIN = "org.tinytorch.milestones.Milestones";
    private static final String MINE = "--mine";

    /** The module with which a student's own code becomes fast enough for the full targets. */
    private static final int ACCELERATION = 15;

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME [--mine] [OPTION…]",
            description = "The milestone, whose code to run it on, and its own options.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> rest = new ArrayList<>(arguments);
        boolean mine = rest.removeIf(MINE::equals);
        if (mine && rest.isEmpty()) {
            throw new CourseException(
                    "which milestone? ./tito milestone lists them, ./tito status says which you have unlocked");
        }
        Course course = Course.load(Repository.root());
        if (!mine) {
            if (Edition.is(course)) {
                if (rest.isEmpty() || rest.contains("--help") || rest.contains("-h")) {
                    return MilestonesProgram.runOn(
                            StudentProgram.asItStands(course),
                            List.of(),
                            MAIN,
                            rest.isEmpty() ? List.of("--help") : rest);
                }
                throw new CourseException("this edition is without the finished library: ./tito milestone "
                        + rest.get(0) + " --mine runs it on what you have written");
            }
            return MilestonesProgram.run(MAIN, rest);
        }
        CourseModule last = reached(course, rest.get(0));
        return MilestonesProgram.runOn(new StudentProgram(course, last).classes(), AddedModules.jvm(last), MAIN, rest);
    }

    /** How to run a milestone on what is written: the smaller preset until module 15 is finished, the full one from then on. */
    static String onMine(String name, int finished) {
        return "./tito milestone " + name + " --mine" + (finished < ACCELERATION ? " --classroom" : "");
    }

    /** The last module without a gap before it, if it is far enough for the milestone. */
    private static CourseModule reached(Course course, String name) {
        CourseModule needed = course.modules().stream()
                .filter(module -> module.metadata().milestones().contains(name))
                .findFirst()
                .orElseThrow(
                        () -> new CourseException("no module of this course unlocks a milestone '" + name + "': it has "
                                + String.join(
                                        " ",
                                        course.modules().stream()
                                                .flatMap(module -> module.metadata().milestones().stream())
                                                .toList())));
        int finished = Progress.load(course).finished(course);
        if (finished < needed.number()) {
            throw new CourseException("milestone " + name + " runs on your modules 1 to " + needed.number()
                    + ", and module " + (finished + 1) + " still has open tasks: ./tito check " + (finished + 1)
                    + " says what to do, ./tito skip " + (finished + 1) + " fills in the solution");
        }
        return course.module(finished);
    }
}
