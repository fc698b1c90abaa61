package org.tinytorch.tito;

import java.util.List;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.Sync;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tito sync}: for maintainers of the course. */
@Command(
        name = "sync",
        description = {
            "For maintainers: write the modules' skeletons, given code and POMs from the library's sources.",
            "It writes over files with tasks in every module; work found in them is copied to .tito/backups first."
        })
final class SyncCommand extends CourseCommand {

    @Option(names = "--check", description = "Write nothing; list what differs, and exit with 1 if anything does.")
    private boolean check;

    @Override
    int run(Course course, Progress progress, Terminal terminal) {
        Sync sync = new Sync(course);
        if (check) {
            List<String> differences = sync.differences();
            differences.forEach(line -> terminal.line("%s", line));
            if (differences.isEmpty()) {
                terminal.line(
                        "%s %d modules are in line with the library",
                        terminal.done(), course.modules().size());
                return 0;
            }
            terminal.line("next: ./tito sync, and commit what it writes");
            return 1;
        }
        Sync.Result result = sync.write();
        result.changed().forEach(line -> terminal.line("%s", line));
        result.backup().ifPresent(copy -> terminal.line("work found there was copied to %s", course.display(copy)));
        terminal.line(
                "%s %d modules are in line with the library",
                terminal.done(), course.modules().size());
        return 0;
    }
}
