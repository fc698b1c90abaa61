package org.tinytorch.tito;

import java.nio.file.Files;
import javax.tools.ToolProvider;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.Edition;
import picocli.CommandLine.Command;

/** {@code tito doctor}: is this machine ready, and if not, what to do. */
@Command(
        name = "doctor",
        description = "Look whether this machine has what the course needs. Exit code 1 if something is missing.")
final class DoctorCommand extends CourseCommand {

    private static final int OLDEST_JAVA = 17;
    private static final long LEAST_MEGABYTES = 512;

    @Override
    int run(Course course, Progress progress, Terminal terminal) {
        Runtime runtime = Runtime.getRuntime();
        int java = Runtime.version().feature();
        long megabytes = runtime.maxMemory() >> 20;
        boolean well = true;
        well &= finding(
                terminal,
                java >= OLDEST_JAVA,
                "Java " + Runtime.version() + " in " + System.getProperty("java.home"),
                "install a JDK 17 or newer and point JAVA_HOME to it");
        well &= finding(
                terminal,
                ToolProvider.getSystemJavaCompiler() != null,
                "the compiler is part of it",
                "this is a JRE: install a JDK");
        well &= finding(
                terminal,
                megabytes >= LEAST_MEGABYTES,
                megabytes + " MB of memory for Java",
                "close other programs, or give the JVM more memory with JAVA_TOOL_OPTIONS=-Xmx1g");
        well &= finding(terminal, true, runtime.availableProcessors() + " processors", "");
        well &= finding(
                terminal,
                Files.isWritable(course.root()),
                "the repository at " + course.root() + " can be written",
                "move it to a directory of your own");
        well &= finding(
                terminal,
                Edition.is(course) || Files.exists(course.root().resolve("mvnw")),
                Edition.is(course) ? "a student edition: nothing needs to be built" : "the Maven wrapper is there",
                "mvnw is missing: git checkout mvnw brings it back");
        well &= finding(
                terminal,
                !course.modules().isEmpty(),
                course.modules().size() + " modules of the course",
                "modules/ is empty: git checkout modules brings it back");
        terminal.line();
        terminal.line(
                well
                        ? "next: ./tito status shows the course, ./tito start 1 begins it"
                        : "next: mend what is marked, then ./tito doctor again");
        return well ? 0 : 1;
    }

    private static boolean finding(Terminal terminal, boolean well, String found, String cure) {
        terminal.line("  %s %s", well ? terminal.done() : terminal.failed(), found);
        if (!well) {
            terminal.line("      %s", cure);
        }
        return well;
    }
}
