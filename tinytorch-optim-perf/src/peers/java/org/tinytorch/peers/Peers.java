package org.tinytorch.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.tinytorch.benchmarks.RunFile;

/**
 * Compares this library with libtorch, one process for each number of threads and each precision, and writes what came out as JSON. Arguments: the file to write,
 * a regular expression that picks rows, seconds per row. In a forked process: the same, then threads and precision.
 */
public final class Peers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Peers() {}

    /** Starts one process after another, or is one of them. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path file = Path.of(args[0]);
        Pattern rows = Pattern.compile(args[1]);
        double seconds = Double.parseDouble(args[2]);
        if (args.length > 3) {
            measure(file, rows, seconds, Integer.parseInt(args[3]), args[4].equals("float32"));
            return;
        }
        int cores = Runtime.getRuntime().availableProcessors();
        System.out.printf(
                "Ours against libtorch, in turn; about %.0f s per row. More than 1 is faster than the peer.%n",
                2 * seconds + 2);
        ArrayNode all = JSON.createArrayNode();
        for (String precision : List.of("float64", "float32")) {
            for (int threads = 1; threads <= Math.min(2, cores); threads++) {
                all.addAll(inAProcess(args, threads, precision));
            }
        }
        RunFile.write(file, "peers", all);
        System.out.println("written: " + file);
    }

    private static ArrayNode inAProcess(String[] args, int threads, String precision)
            throws IOException, InterruptedException {
        Path part = Files.createTempFile("peers", ".json");
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--add-modules",
                    "jdk.incubator.vector",
                    "-Dtinytorch.threads=" + threads,
                    "-Dtinytorch.matmul=" + precision,
                    "-cp",
                    System.getProperty("java.class.path"),
                    Peers.class.getName(),
                    part.toString(),
                    args[1],
                    args[2],
                    Integer.toString(threads),
                    precision));
            int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException("peers: the process for " + threads + " threads in " + precision
                        + " ended with exit code " + exit + "; its output above says why");
            }
            return (ArrayNode) JSON.readTree(part.toFile());
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void measure(Path file, Pattern rows, double seconds, int threads, boolean single)
            throws IOException, InterruptedException {
        Workloads workloads = new Workloads(new Torch(threads, single));
        ArrayNode results = JSON.createArrayNode();
        for (Workload work : single ? workloads.inSinglePrecision() : workloads.inDoublePrecision()) {
            if (rows.matcher(work.name()).find()) {
                results.add(row(work, PairedTiming.of(work, seconds), threads, single ? "float32" : "float64"));
            }
        }
        JSON.writeValue(file.toFile(), results);
    }

    private static JsonNode row(Workload work, PairedTiming.Result result, int threads, String precision) {
        System.out.printf(
                Locale.ROOT,
                "%-36s %s, %d thread%s: ratio %6.2f (%.2f to %.2f)  ours %10.1f us  %s %10.1f us  at least %.2f, aim %.2f%n",
                work.name(),
                precision,
                threads,
                threads == 1 ? " " : "s",
                result.ratio(),
                result.low(),
                result.high(),
                result.ours(),
                work.peer(),
                result.theirs(),
                work.atLeast(),
                work.aim());
        ObjectNode row = JSON.createObjectNode();
        row.put("work", work.name());
        row.put("peer", work.peer());
        row.put("precision", precision);
        row.put("threads", threads);
        row.put("oursMicros", result.ours());
        row.put("theirsMicros", result.theirs());
        row.put("ratio", result.ratio());
        row.put("ratio10", result.low());
        row.put("ratio90", result.high());
        row.put("rounds", result.rounds());
        row.put("atLeast", work.atLeast());
        row.put("aim", work.aim());
        return row;
    }
}
