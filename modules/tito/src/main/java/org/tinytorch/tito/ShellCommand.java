package org.tinytorch.tito;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.tinytorch.tito.check.AddedModules;
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

    private static final List<String> PACKAGES =
            List.of("java.util", "java.util.stream", "java.nio.file", "org.tinytorch.checks");

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
        FileTrees.write(imports, imports(course, module));
        List<String> options =
                new ArrayList<>(List.of("--class-path", Libraries.join(visible), "--startup", imports.toString()));
        options.addAll(AddedModules.compiler(module));
        return ChildJava.run("jshell", options);
    }

    /** All packages up to the module; of a public name that is in two of them, such as {@code Tanh}, the later one is meant. */
    static String imports(Course course, CourseModule last) throws IOException {
        StringBuilder text = new StringBuilder();
        PACKAGES.forEach(name -> text.append("import ").append(name).append(".*;\n"));
        Set<String> seen = new HashSet<>();
        for (CourseModule module : course.upTo(last.number())) {
            String name = module.metadata().packageName();
            text.append("import ").append(name).append(".*;\n");
            List<Path> sources = new ArrayList<>(FileTrees.files(module.mainJava(), ".java"));
            sources.addAll(FileTrees.files(module.givenJava(), ".java"));
            for (Path source : sources) {
                String type = source.getFileName().toString().replace(".java", "");
                if (isPublic(source, type) && !seen.add(type)) {
                    text.append("import ").append(name).append('.').append(type).append(";\n");
                }
            }
        }
        return text.toString();
    }

    private static boolean isPublic(Path source, String type) throws IOException {
        return Pattern.compile("^public [^(=]*\\b" + type + "\\b", Pattern.MULTILINE)
                .matcher(Files.readString(source))
                .find();
    }
}
