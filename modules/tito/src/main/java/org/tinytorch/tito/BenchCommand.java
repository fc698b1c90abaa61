package org.tinytorch.tito;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.tinytorch.tito.course.CourseException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tito bench [NAME]}: builds and runs the library's benchmarks. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measure the library: all benchmarks, or those whose names contain NAME (a regular expression).",
            "Results are written as JSON; --report makes docs/benchmarks.md and the README's table of them.",
            "Keep the machine quiet meanwhile."
        },
        footer = {
            "",
            "./tito bench MatMul                      the ladder from the first loop to vectors on all threads",
            "./tito bench Memory --jmh '-f 1 -wi 3'   with options for JMH",
            "./tito bench --peers 'matmul 512'        some rows of the comparison with other libraries"
        })
final class BenchCommand implements Callable<Integer> {

    private static final String PROJECT = "tinytorch-optim-perf";

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            defaultValue = ".*",
            description = "Which benchmarks; with --peers, which rows.")
    private String name;

    @Option(names = "--list", description = "List the benchmarks and stop.")
    private boolean list;

    @Option(
            names = "--peers",
            description =
                    "Compare with libtorch and ND4J, in turn (Linux on x86-64). Downloads some 300 MB the first time.")
    private boolean peers;

    @Option(
            names = "--seconds",
            defaultValue = "4",
            paramLabel = "N",
            description = "With --peers: how long each row is measured (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--report", description = "Measure nothing; make the tables of what was measured.")
    private boolean report;

    @Option(names = "--jmh", paramLabel = "OPTIONS", defaultValue = "", description = "Further options for JMH.")
    private String jmh;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (seconds < 1) {
            throw new CourseException("--seconds " + seconds + " is not possible; use 1 or more");
        }
        if ((list ? 1 : 0) + (peers ? 1 : 0) + (report ? 1 : 0) > 1) {
            throw new CourseException("--list, --peers and --report exclude each other");
        }
        checkName();
        Path root = Repository.root();
        Path target = root.resolve(PROJECT).resolve("target");
        List<String> command = new ArrayList<>(List.of("-cp", classPath(root, target)));
        Path measured = target.resolve("jmh-results.json");
        Path compared = target.resolve("peers.json");
        if (report) {
            command.addAll(List.of(
                    "org.tinytorch.benchmarks.BenchmarkReport",
                    root.toString(),
                    measured.toString(),
                    compared.toString()));
        } else if (peers) {
            command.addAll(List.of("org.tinytorch.peers.Peers", compared.toString(), name, Integer.toString(seconds)));
        } else {
            command.addAll(List.of("org.tinytorch.benchmarks.RunBenchmarks", measured.toString(), name));
            command.addAll(list ? List.of("-l") : words(jmh));
        }
        return ChildJava.runWithVectors(command);
    }

    private void checkName() {
        try {
            Pattern.compile(name);
        } catch (PatternSyntaxException e) {
            throw new CourseException("NAME is not a regular expression: " + e.getMessage(), e);
        }
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    /** Compiles the benchmarks, and asks Maven where their libraries are. */
    private String classPath(Path root, Path target) throws IOException {
        Path file = target.resolve("benchmarks.classpath");
        List<String> goals = new ArrayList<>(
                List.of("test-compile", "dependency:build-classpath", "-Dmdep.outputFile=" + file.toAbsolutePath()));
        if (peers) {
            goals.add("-Ppeers");
        }
        new MavenBuild(root, Terminal.standard().interactive()).compileTests(PROJECT, goals);
        return String.join(
                File.pathSeparator,
                target.resolve("test-classes").toString(),
                target.resolve("classes").toString(),
                Files.readString(file).strip());
    }
}
