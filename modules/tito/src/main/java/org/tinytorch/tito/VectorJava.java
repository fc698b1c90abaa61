package org.tinytorch.tito;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a program on this JDK with the Vector API, its input and output those of tito. */
final class VectorJava {

    private static final String INCUBATING = "WARNING: Using incubator modules";

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
        Thread hook = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(hook);
        passOnErrors(process);
        int exit = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(hook);
        return exit;
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
