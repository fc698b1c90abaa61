package org.tinytorch.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs JMH's benchmarks, counts what they allocate, and writes the results to a file. Arguments: the file, then those of JMH: {@code -h} lists them. */
public final class RunBenchmarks {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RunBenchmarks() {}

    /** Runs them. */
    public static void main(String[] args) throws IOException, RunnerException, CommandLineOptionException {
        Path file = Path.of(args[0]);
        CommandLineOptions options = new CommandLineOptions(Arrays.copyOfRange(args, 1, args.length));
        if (options.shouldHelp()) {
            options.showHelp();
            return;
        }
        Runner runner = new Runner(new OptionsBuilder()
                .parent(options)
                .addProfiler(GCProfiler.class)
                .build());
        if (options.shouldList()) {
            runner.list();
            return;
        }
        ArrayNode rows = JSON.createArrayNode();
        try {
            runner.run().forEach(result -> rows.add(row(result)));
        } catch (NoBenchmarksException e) {
            System.err.println(
                    "bench: no benchmark matches " + options.getIncludes() + "; ./tito bench --list lists them");
            System.exit(1);
        }
        RunFile.write(file, "jmh", rows);
        System.out.println("written: " + file);
    }

    private static ObjectNode row(RunResult result) {
        BenchmarkParams params = result.getParams();
        String[] name = params.getBenchmark().split("\\.");
        ObjectNode row = JSON.createObjectNode();
        row.put("benchmark", name[name.length - 2].replace("Benchmark", ""));
        row.put("method", name[name.length - 1]);
        ObjectNode parameters = row.putObject("params");
        params.getParamsKeys().forEach(key -> parameters.put(key, params.getParam(key)));
        Result<?> time = result.getPrimaryResult();
        row.put("unit", time.getScoreUnit());
        row.put("score", time.getScore());
        row.put("median", time.getStatistics().getPercentile(50));
        row.put("low", time.getStatistics().getMin());
        row.put("high", time.getStatistics().getMax());
        result.getSecondaryResults().forEach((label, value) -> {
            if (label.endsWith("gc.alloc.rate.norm")) {
                row.put("bytes", value.getScore());
            } else if (label.equals("overheadPercent")) {
                row.put("overheadPercent", value.getScore());
            }
        });
        return row;
    }
}
