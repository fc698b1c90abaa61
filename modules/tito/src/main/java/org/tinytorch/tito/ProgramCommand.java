package org.tinytorch.tito;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.tinytorch.tito.check.AddedModules;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.Edition;
import picocli.CommandLine.Parameters;

/**
 * A command that is a program beside the milestones: builds what is missing, then runs it; in a student edition, or with {@code --mine}, on what the student has written. It has no help of its own: {@code --help}
 * is the program's, which knows its options.
 */
abstract class ProgramCommand implements Callable<Integer> {

    private static final String MINE = "--mine";

    private final String main;

    @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "What the program is given; --help lists it.")
    private List<String> arguments = new ArrayList<>();

    /**
     * A command that runs a program.
     *
     * @param main the name of its main class
     */
    ProgramCommand(String main) {
        this.main = main;
    }

    @Override
    public final Integer call() throws IOException, InterruptedException {
        Course course = Course.load(Repository.root());
        List<String> rest = new ArrayList<>(arguments);
        boolean mine = rest.removeIf(MINE::equals);
        if (mine || Edition.is(course)) {
            CourseModule last = course.modules().get(course.modules().size() - 1);
            return MilestonesProgram.runOn(StudentProgram.asItStands(course), AddedModules.jvm(last), main, rest);
        }
        return MilestonesProgram.run(main, rest);
    }
}
