package org.tinytorch.tito;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.Edition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code tito download NAME}: builds what is missing, then runs the library's downloader. It has no help of its own: {@code --help} is the program's, which
 * knows the data sets.
 */
@Command(name = "download", description = "Download a data set for the milestones: cifar10, mnist or fashion-mnist.")
final class DownloadCommand implements Callable<Integer> {

    private static final String MAIN = "org.tinytorch.milestones.DownloadCommand";

    @Parameters(arity = "0..*", paramLabel = "NAME [OPTION…]", description = "The data set, and where from and to.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Course course = Course.load(Repository.root());
        if (Edition.is(course)) {
            return MilestonesProgram.runOn(StudentProgram.asItStands(course), List.of(), MAIN, arguments);
        }
        return MilestonesProgram.run(MAIN, arguments);
    }
}
