package org.tinytorch.tito;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseException;
import org.tinytorch.tito.course.Edition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tito serve PACKAGE}: builds what is missing, then runs the model server. It has no help of its own: {@code --help} is the server's. */
@Command(name = "serve", description = "Serve a packaged model over HTTP, with a page to try it.")
final class ServeCommand implements Callable<Integer> {

    private static final String MAIN = "org.tinytorch.milestones.ServeCommand";

    @Parameters(arity = "0..*", paramLabel = "PACKAGE [OPTION…]", description = "The package, and where to listen.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (Edition.is(Course.load(Repository.root()))) {
            throw new CourseException("serve runs on the finished library, which a student edition does not have;"
                    + " serve the package with a clone of TinyTorch, or from Maven with tinytorch-serving");
        }
        return MilestonesProgram.run(MAIN, arguments);
    }
}
