package org.tinytorch.tito;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.Edition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tito load URL}: builds what is missing, then runs the load client. Its help is the program's. */
@Command(name = "load", description = "Ask a model server again and again, and measure how it answers.")
final class LoadCommand implements Callable<Integer> {

    private static final String MAIN = "org.tinytorch.milestones.LoadCommand";

    @Parameters(arity = "0..*", paramLabel = "URL [OPTION…]", description = "The server, how often and how long.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (Edition.is(Course.load(Repository.root()))) {
            return MilestonesProgram.runOn(List.of(), List.of(), MAIN, arguments); // it needs nothing of the library
        }
        return MilestonesProgram.run(MAIN, arguments);
    }
}
