package org.tinytorch.tito;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tinytorch.tito.check.Checker;
import org.tinytorch.tito.check.ClassArchive;
import org.tinytorch.tito.check.Libraries;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.FileTrees;
import org.tinytorch.tito.course.Task;
import org.tinytorch.tito.course.TaskId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tito start N}: what a module is about, and everything made ready so that its checks answer at once. */
@Command(
        name = "start",
        description = "Start a module: what to read, what to write, and the checks made ready to answer at once.")
final class StartCommand extends CourseCommand {

    @Parameters(index = "0", paramLabel = "N", description = "The module's number.")
    private int number;

    @Override
    int run(Course course, Progress progress, Terminal terminal) throws IOException, InterruptedException {
        CourseModule module = course.module(number);
        terminal.line(terminal.strong(
                "Module " + module.id() + ": " + module.metadata().title()));
        terminal.line(
                "  about %d hours; the lesson is modules/%s/README.md",
                module.metadata().hours(), module.name());
        terminal.line();
        Map<TaskId, String> places = TaskPlaces.of(course, module);
        for (Task task : module.tasks()) {
            boolean open = progress.state(task.taskId()) == Progress.State.OPEN;
            terminal.line(
                    "  %s %-58s %s",
                    open ? terminal.open() : terminal.done(),
                    task.label(),
                    terminal.faint(task.points() + " points, " + task.minutes() + " min"));
            terminal.line("      %s", terminal.faint(places.getOrDefault(task.taskId(), "")));
        }
        terminal.line();
        for (CourseModule earlier : course.upTo(number - 1)) {
            long open = earlier.tasks().stream()
                    .filter(task -> progress.state(task.taskId()) == Progress.State.OPEN)
                    .count();
            if (open > 0) {
                terminal.line(
                        "note: module %s has %d open tasks, and this module stands on it: ./tito check %d, or ./tito skip %d",
                        earlier.name(), open, earlier.number(), earlier.number());
            }
        }
        if (!module.tasks().isEmpty()) {
            makeReady(course, module, terminal);
        }
        terminal.line(
                "next: read modules/%s/README.md, then ./tito check %d; or keep ./tito watch %d open beside your editor",
                module.name(), number, number);
        return 0;
    }

    /** Compiles the module, and makes the archives with which the checks answer sooner; nothing here is needed for a right answer. */
    private static void makeReady(Course course, CourseModule module, Terminal terminal)
            throws IOException, InterruptedException {
        List<Path> libraries = Libraries.classPath();
        ClassArchive ofTito = ClassArchive.ofTito(course);
        ClassArchive ofWorker = ClassArchive.ofWorker(course);
        if (!ofTito.fresh(libraries) || !ofWorker.fresh(libraries)) {
            terminal.line("Making the checks quick; once, a few seconds …");
            new Checker(course).makeArchive(module);
            // All over again in a JVM that is to remember what it loaded, the compiler above all.
            FileTrees.delete(course.workDirectory().resolve("classes").resolve(module.name()));
            checkInAnotherJava(course, module, ofTito);
        }
    }

    private static void checkInAnotherJava(Course course, CourseModule module, ClassArchive archive)
            throws IOException, InterruptedException {
        String jar = System.getProperty("java.class.path");
        if (jar.contains(File.pathSeparator) || !jar.endsWith(".jar")) {
            return; // not started by the script: there is no jar whose classes could be archived
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(archive.make());
        command.addAll(List.of("-Dtito.root=" + course.root(), "-jar", jar));
        command.addAll(List.of("check", Integer.toString(module.number())));
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
