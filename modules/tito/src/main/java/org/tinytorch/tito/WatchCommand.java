package org.tinytorch.tito;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tinytorch.tito.check.Checker;
import org.tinytorch.tito.check.WorkerProcess;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseException;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.FileTrees;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code tito watch}: checks again whenever a file is saved. It looks at the files' times instead of waiting for events of the file system: those do not come
 * from network drives and containers, and looking at a hundred files four times a second costs nothing that can be felt.
 */
@Command(
        name = "watch",
        description = {
            "Keep open beside your editor: checks again each time you save, and goes on to the next module when one is done.",
            "Enter checks at once, q and Enter ends it."
        })
final class WatchCommand extends CourseCommand {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "N",
            description = "Stay with this module. Default: the first with an open task, then the next.")
    private Optional<Integer> number = Optional.empty();

    @Option(
            names = "--every",
            paramLabel = "MS",
            defaultValue = "250",
            description = "How often to look at the files, in milliseconds (default: ${DEFAULT-VALUE}).")
    private int every;

    @Override
    int run(Course course, Progress progress, Terminal terminal) throws IOException, InterruptedException {
        if (every < 1) {
            throw new CourseException("--every " + every + " is not possible; use 1 or more milliseconds");
        }
        CheckSession session = new CheckSession(course, progress, terminal);
        Checker checker = new Checker(course);
        CourseModule module = session.module(number);
        if (module.tasks().isEmpty()) {
            throw new CourseException("module " + module.name() + " has no tasks to watch");
        }
        WorkerProcess worker = checker.worker(module);
        try {
            while (true) {
                Map<Path, FileTime> seen = times(course, module);
                terminal.clear();
                boolean green = session.check(module, List.of(), checker, worker);
                CourseModule next = session.module(number);
                if (green && next.number() != module.number()) {
                    module = next;
                    worker.close();
                    worker = checker.worker(module);
                    continue;
                }
                if (!worker.alive()) {
                    worker = checker.worker(module);
                }
                terminal.line(terminal.faint("watching modules/" + module.name() + "; Enter checks, q ends"));
                if (!changed(course, module, seen)) {
                    return green ? 0 : 1;
                }
            }
        } finally {
            worker.close();
        }
    }

    /** Waits for a change or for Enter; false if the user has had enough. */
    private boolean changed(Course course, CourseModule module, Map<Path, FileTime> seen)
            throws IOException, InterruptedException {
        while (true) {
            Thread.sleep(every);
            if (System.in.available() > 0) {
                return !typed().strip().equals("q");
            }
            if (!times(course, module).equals(seen)) {
                return true;
            }
        }
    }

    private static String typed() throws IOException {
        StringBuilder line = new StringBuilder();
        while (System.in.available() > 0) {
            line.append((char) System.in.read());
        }
        return line.toString();
    }

    /** When the files were saved that the checks depend on: what the student has written, up to this module. */
    private static Map<Path, FileTime> times(Course course, CourseModule module) {
        List<Path> files = new ArrayList<>(FileTrees.files(module.checks(), ".java"));
        course.upTo(module.number()).forEach(each -> files.addAll(FileTrees.files(each.mainJava(), ".java")));
        Map<Path, FileTime> times = new TreeMap<>();
        files.forEach(file -> times.put(file, SourceTimes.written(file)));
        return times;
    }
}
