package org.tinytorch.tito;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tinytorch.tito.course.CourseException;

/** Runs the Maven wrapper quietly: one line that says what is being built and for how long, the log in a file. */
final class MavenBuild {

    private static final List<String> QUICKLY = List.of("-Pquick");
    /** Without checks, but with the sources of tests and benchmarks, which the profile "quick" leaves out. */
    private static final List<String> WITH_TEST_SOURCES =
            List.of("-Dspotless.check.skip", "-Denforcer.skip", "-Djacoco.skip", "test-compile");

    /** The wrapper, or the machine's own Maven where the wrapper cannot fetch its one. */
    private static final String WRAPPER_OR_MVN = """
            if ! sh ./mvnw -v >/dev/null 2>&1 && command -v mvn >/dev/null 2>&1; then exec mvn "$@"; fi
            exec sh ./mvnw "$@"
            """;

    private static final Pattern BUILDING = Pattern.compile("\\[INFO\\] Building (.*\\S)\\s+\\d\\S*\\s+\\[\\d.*");
    private static final int LOG_LINES = 15;

    private final Path root;
    private final Path log;
    private final boolean interactive;
    private final PrintStream err = System.err;

    MavenBuild(Path root, boolean interactive) {
        this.root = root;
        this.log = root.resolve(".tito/build.log");
        this.interactive = interactive;
    }

    /** Packages a project and what it needs. */
    void packageProject(String project) {
        run(project, QUICKLY, List.of("package"));
    }

    /** Compiles a project, its tests and benchmarks, and what it needs. */
    void compileTests(String project, List<String> further) {
        run(project, WITH_TEST_SOURCES, further);
    }

    private void run(String project, List<String> how, List<String> goals) {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        List<String> command = new ArrayList<>(
                windows ? List.of("cmd", "/c", "mvnw.cmd") : List.of("sh", "-c", WRAPPER_OR_MVN, "tito"));
        command.addAll(List.of("--batch-mode", "-Dcompiler.failOnWarning=false"));
        command.addAll(how);
        command.addAll(List.of("-pl", project, "-am"));
        command.addAll(goals);
        try {
            Files.createDirectories(log.getParent());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            if (!show(process)) {
                throw new CourseException("the build of " + project + " failed; all of it is in " + root.relativize(log)
                        + ". What it complains about:\n" + complaints());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CourseException("the build of " + project + " was interrupted", e);
        }
    }

    private boolean show(Process process) throws InterruptedException {
        long start = System.nanoTime();
        String shown = "";
        do {
            String phase = phase();
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            if (interactive) {
                err.printf("\r\033[K%s … %d s", phase, seconds);
            } else if (!phase.equals(shown)) {
                err.println(phase + " …");
            }
            err.flush();
            shown = phase;
        } while (!process.waitFor(500, TimeUnit.MILLISECONDS));
        if (interactive) {
            err.print("\r\033[K");
        }
        return process.exitValue() == 0;
    }

    /** What Maven is doing, from the last telling line of its log. */
    private String phase() {
        String phase = "Building what has changed";
        for (String line : lines()) {
            Matcher building = BUILDING.matcher(line);
            if (building.matches()) {
                phase = "Building " + building.group(1);
            } else if (line.startsWith("Downloading ") || line.contains("] Downloading ")) {
                phase = "Downloading libraries";
            }
        }
        return phase;
    }

    private String complaints() {
        return lines().stream()
                .filter(line -> line.startsWith("[ERROR]") || line.startsWith("[WARNING]") || line.startsWith("Error"))
                .limit(LOG_LINES)
                .collect(Collectors.joining("\n"));
    }

    private List<String> lines() {
        try {
            return Files.exists(log) ? Files.readAllLines(log, Charset.defaultCharset()) : List.of();
        } catch (IOException e) {
            // The log is still being written and may end in half a character.
            return List.of();
        }
    }
}
