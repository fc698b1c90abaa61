package org.tinytorch.tito;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program on this JDK, its input and output those of tito. */
final class ChildJava {

    private static final String INCUBATING = "WARNING: Using incubator modules";

    private static final long LONGEST_END_SECONDS = 150;

    private ChildJava() {}

    /**
     * Runs it to its end with the Vector API.
     *
     * @param arguments those of java, after the option that opens the Vector API
     * @return the exit code
     */
    static int runWithVectors(List<String> arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--add-modules", "jdk.incubator.vector"));
        all.addAll(arguments);
        return run(all);
    }

    /**
     * Runs it to its end.
     *
     * @param arguments those of java
     * @return the exit code
     */
    static int run(List<String> arguments) throws IOException, InterruptedException {
        return run("java", arguments);
    }

    /**
     * Runs one of the JDK's tools to its end.
     *
     * @param tool its name
     * @param arguments its arguments
     * @return the exit code
     */
    static int run(String tool, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", tool).toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread hook = new Thread(() -> end(process));
        Runtime.getRuntime().addShutdownHook(hook);
        passOnErrors(process);
        int exit = process.waitFor();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // Ctrl-C: tito is ending, too
        }
        return exit;
    }

    /** Asks the program to end, and stays until it has: it may have something to save, and to say. */
    private static void end(Process process) {
        process.toHandle().destroy(); // unlike destroy(), leaves what it prints to be read
        try {
            process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All but the line that Java writes whenever the Vector API is used, and that no option silences. */
    private static void passOnErrors(Process process) throws IOException {
        try (BufferedReader errors = process.errorReader()) {
            for (String line = errors.readLine(); line != null; line = errors.readLine()) {
                if (!line.startsWith(INCUBATING)) {
                    System.err.println(line);
                }
            }
        }
    }
}
