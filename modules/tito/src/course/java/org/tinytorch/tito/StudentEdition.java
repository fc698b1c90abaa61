package org.tinytorch.tito;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A student edition of this repository, and its start script: what a student has. */
final class StudentEdition {

    private static final long PATIENCE_MINUTES = 90;

    private final Path directory;
    private final List<String> times = new ArrayList<>();
    private String java = System.getProperty("java.home");

    /** Writes the edition with this repository's own start script. */
    StudentEdition(Path directory) throws Exception {
        this.directory = directory;
        run(Repository.root(), 0, "edition", root().toString());
    }

    Path root() {
        return directory.resolve("edition");
    }

    /** How long each command took, in the order in which they were run. */
    List<String> times() {
        return times;
    }

    /** From now on its commands run on another JDK. */
    void use(Path jdk) {
        java = jdk.toString();
    }

    /** Fills in a module's solutions. */
    void skip(int module) throws Exception {
        String archive = directory.resolve("edition-solutions.zip").toString();
        tito(0, "skip", Integer.toString(module), "--solutions", archive);
    }

    /** Runs a command to its end, and returns what it printed. */
    String tito(int expected, String... arguments) throws IOException, InterruptedException {
        return run(root(), expected, arguments);
    }

    /** A command, ready to be started. */
    ProcessBuilder command(Path repository, String... arguments) {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        List<String> command = new ArrayList<>(
                windows ? List.of("cmd", "/c", repository.resolve("tito.cmd").toString()) : List.of("sh", "./tito"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(repository.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", java);
        return builder;
    }

    private String run(Path repository, int expected, String... arguments) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        long start = System.nanoTime();
        Process process =
                command(repository, arguments).redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                .as("tito %s ends", List.of(arguments))
                .isTrue();
        times.add(
                String.format("%7d ms  tito %s", (System.nanoTime() - start) / 1_000_000, String.join(" ", arguments)));
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue())
                .as("exit code of tito %s, which printed\n%s", List.of(arguments), text)
                .isEqualTo(expected);
        return text;
    }
}
