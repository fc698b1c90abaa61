package org.tinytorch.tito;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tinytorch.tito.check.Libraries;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.FileTrees;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tito shell N}: jshell with what the student has written. */
@Command(
        name = "shell",
        description = {
            "Try things out: jshell with your classes of modules 1 to N, everything in them imported.",
            "The snippets of the lessons are made for it. /exit leaves it."
        })
final class ShellCommand extends CourseCommand {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "N",
            description = "The last module to use. Default: the last before the first open task.")
    private Optional<Integer> number = Optional.empty();

    @Override
    int run(Course course, Progress progress, Terminal terminal) throws IOException, InterruptedException {
        CourseModule module = course.module(number.orElseGet(() -> Math.max(1, progress.finished(course))));
        List<Path> classes = new StudentProgram(course, module).withShared();
        List<Path> visible = new ArrayList<>(classes);
        visible.addAll(Libraries.classPath());
        Path imports = course.workDirectory().resolve("imports.jsh");
        StringBuilder text =
                new StringBuilder("import java.util.*;\nimport java.nio.file.*;\nimport org.tinytorch.checks.*;\n");
        course.upTo(module.number()).forEach(each -> text.append("import ")
                .append(each.metadata().packageName())
                .append(".*;\n"));
        FileTrees.write(imports, text.toString());
        return ChildJava.run(
                "jshell", List.of("--class-path", Libraries.join(visible), "--startup", imports.toString()));
    }
}
