package org.tinytorch.tito;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program on this JDK with the Vector API, its input and output those of tito. */
final class VectorJava {

    private static final String INCUBATING = "WARNING: Using incubator modules";

    private static final long LONGEST_END_SECONDS = 150;

    private VectorJava() {}

    /**
     * Runs it to its end.
     *
     * @param arguments those of java, after the option that opens the Vector API
     * @return the exit code
     */
    static int run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector"));
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
