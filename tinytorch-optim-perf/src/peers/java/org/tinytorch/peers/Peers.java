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
 * Compares this library with libtorch and ND4J, one process for each peer, number of threads and precision, and writes what came out as JSON. Arguments: the file to write,
 * a regular expression that picks rows, seconds per row. In a forked process: the same, then the number of threads and the kind.
 */
public final class Peers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Peers() {}

    /** Who is compared with, and in which precision. */
    private enum Kind {
        LIBTORCH_FLOAT64("float64"),
        LIBTORCH_FLOAT32("float32"),
        ND4J("float64");

        private final String precision;

        Kind(String precision) {
            this.precision = precision;
        }
    }

    /** Starts one process after another, or is one of them. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path file = Path.of(args[0]);
        Pattern rows = Pattern.compile(args[1]);
        double seconds = Double.parseDouble(args[2]);
        if (args.length > 3) {
            measure(file, rows, seconds, Integer.parseInt(args[3]), Kind.valueOf(args[4]));
            return;
        }
        int cores = Runtime.getRuntime().availableProcessors();
        System.out.printf(
                "Ours against others, in turn; about %.0f s per row. More than 1 is faster than the peer.%n",
                PairedTiming.WARM_UP_SECONDS + seconds);
        ArrayNode all = JSON.createArrayNode();
        for (Kind kind : Kind.values()) {
            for (int threads = 1; threads <= Math.min(2, cores); threads++) {
                all.addAll(inAProcess(args, threads, kind));
            }
        }
        if (all.isEmpty()) {
            System.err.println("peers: no row matches " + rows + "; they are called matmul 512, libtorch float64"
                    + " or exp of 1M, ND4J float64, for example; nothing was written");
            System.exit(1);
        }
        RunFile.write(file, "peers", all);
        System.out.println("written: " + file);
    }

    private static ArrayNode inAProcess(String[] args, int threads, Kind kind)
            throws IOException, InterruptedException {
        Path part = Files.createTempFile("peers", ".json");
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--add-modules",
                    "jdk.incubator.vector",
                    // the first touch of a page can take longer than a small product
                    "-Xms2g",
                    "-Xmx2g",
                    "-XX:+AlwaysPreTouch",
                    "-Dtinytorch.threads=" + threads,
                    "-Dtinytorch.matmul=" + kind.precision,
                    "-cp",
                    System.getProperty("java.class.path"),
                    Peers.class.getName(),
                    part.toString(),
                    args[1],
                    args[2],
                    Integer.toString(threads),
                    kind.name()));
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
            // the same for native memory: glibc would return large results to the system and touch new pages each time
            builder.environment().put("MALLOC_MMAP_MAX_", "0");
            builder.environment().put("MALLOC_TRIM_THRESHOLD_", "2147483647");
            builder.environment().put("MALLOC_ARENA_MAX", "1");
            int exit = builder.start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException("peers: the process for " + threads + " threads, " + kind
                        + " ended with exit code " + exit + "; its output above says why");
            }
            return (ArrayNode) JSON.readTree(part.toFile());
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void measure(Path file, Pattern rows, double seconds, int threads, Kind kind)
            throws IOException, InterruptedException {
        List<Workload> workloads =
                switch (kind) {
                    case LIBTORCH_FLOAT64 -> new Workloads(new Torch(threads, false)).inDoublePrecision();
                    case LIBTORCH_FLOAT32 -> new Workloads(new Torch(threads, true)).inSinglePrecision();
                    case ND4J -> new Nd4jWorkloads().all();
                };
        ArrayNode results = JSON.createArrayNode();
        for (Workload work : workloads) {
            if (rows.matcher(work.name() + ", " + work.peer() + " " + kind.precision)
                    .find()) {
                results.add(row(work, PairedTiming.of(work, seconds), threads, kind.precision));
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
