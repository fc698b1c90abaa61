package org.tinytorch.tito;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tinytorch.tito.check.AddedModules;
import org.tinytorch.tito.check.Libraries;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseException;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.FileTrees;
import org.tinytorch.tito.course.SourceText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tito experiment N}: what module N still cannot do, measured on the student's own code. */
@Command(
        name = "experiment",
        description = {
            "Run the experiment that closes a module, on your own code: it shows the pain that the next module takes away.",
            "Its source is in src/experiment/java of the module."
        })
final class ExperimentCommand extends CourseCommand {

    private static final String MAIN = "public static void main(";

    @Parameters(index = "0", paramLabel = "N", description = "The module's number.")
    private int number;

    @Override
    int run(Course course, Progress progress, Terminal terminal) throws IOException, InterruptedException {
        CourseModule module = course.module(number);
        String main = main(course, module);
        List<Path> classPath = new ArrayList<>(new StudentProgram(course, module).experiment());
        classPath.addAll(Libraries.classPath());
        List<String> flags = new ArrayList<>(List.of("-Xmx1g"));
        flags.addAll(AddedModules.jvm(module));
        int exit = StudentProgram.run(classPath, flags, main, List.of());
        if (exit == 0) {
            terminal.line();
            boolean last = module.equals(course.modules().get(course.modules().size() - 1));
            terminal.line(
                    "next: the last section of modules/%s/README.md asks what you would build%s",
                    module.name(),
                    last ? "" : String.format(Locale.ROOT, "; module %02d builds it", module.number() + 1));
        }
        return exit;
    }

    /** The name of the module's experiment. */
    static String main(Course course, CourseModule module) {
        for (Path file : FileTrees.files(module.experiment(), ".java")) {
            if (SourceText.read(course.root(), file).text().contains(MAIN)) {
                return StudentProgram.className(module.experiment(), file);
            }
        }
        throw new CourseException("module " + module.name() + " has no experiment: expected a class with a main in "
                + course.display(module.experiment()));
    }
}
