package org.tinytorch.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The measurements as Markdown: a page with everything, and a short table for the README. */
final class BenchmarkTables {
    private static final String BEGIN = "<!-- benchmarks: written by ./tito bench --report -->";
    private static final String END = "<!-- /benchmarks -->";

    /** What each benchmark is about, in the order of the page; without the peers, which come first. */
    private static final Map<String, String> TITLES = new LinkedHashMap<>();

    static {
        TITLES.put("MatMul", "Matrix product of two n x n matrices, from the first loop to vectors on all threads");
        TITLES.put("Elementwise", "A function of each of a million numbers");
        TITLES.put("Softmax", "Softmax along rows");
        TITLES.put(
                "Convolution",
                "A 3 x 3 convolution of 128 images and its gradients, with all products and (true) with half of them");
        TITLES.put("TrainingStep", "One training step: XOR (2-4-1, 4 samples) and MLP (784-128-10, 64 samples)");
        TITLES.put("Batching", "A sample in training, one at a time and in batches (784-128-10); times for one sample");
        TITLES.put(
                "Memory",
                "The memory of gradients, left to the garbage collector or used again (784-h-10, 64 samples)");
        TITLES.put(
                "GptStep",
                "One training step of a GPT (4 layers, 4 heads, 128 wide, 12 windows of 64), the memory of its results left to the garbage collector or used again");
        TITLES.put(
                "Generation",
                "Writing 1,000 tokens with a GPT (4 layers, 4 heads, 128 wide), with a cache of keys and values and without");
        TITLES.put(
                "Decode",
                "One more token by a GPT of the size of GPT-2 small (124 million weights), its weights as doubles and as integers of 8 bits");
        TITLES.put(
                "QuantizedCnn",
                "128 images through a small network for CIFAR-10, as it is, without half of its channels, and in integers of 8 bits");
        TITLES.put(
                "Sparse",
                "Samples times a weight of 1024 x 1024 of which a part is not 0, as if there were no zeros and skipping them");
        TITLES.put(
                "TapeOverhead", "What the tape adds to the bare kernels of a training step (784-128-10, 64 samples)");
    }

    private BenchmarkTables() {}

    // ---- the page

    static String page(JsonNode groups) {
        StringBuilder page = new StringBuilder("""
                # Benchmarks

                Written by `./tito bench --report` from [benchmarks.json](benchmarks.json), never by hand. `./tito bench` measures again on your machine,
                `./tito bench --peers` compares with libtorch. Times are medians. What makes it fast is told in [performance.md](performance.md).
                """);
        for (JsonNode group : groups) {
            if (group.path("kind").asText().equals("peers")) {
                page.append("\n## Against other libraries, JDK ")
                        .append(release(group))
                        .append("\n\n")
                        .append(
                                "The same work in turn in one process, each side on the same number of threads; the ratio is the median of the pairs, 80 % of them lie"
                                        + " in the range behind it. Above 1 we are faster. \"At least\" and \"aim\" are what the project set itself beforehand.\n\n")
                        .append(machine(group))
                        .append(peers(group));
            }
        }
        TITLES.forEach((benchmark, title) -> {
            for (JsonNode group : groups) {
                if (group.path("benchmark").asText().equals(benchmark)) {
                    page.append("\n## ")
                            .append(title)
                            .append(", JDK ")
                            .append(release(group))
                            .append("\n\n")
                            .append(machine(group))
                            .append(table(group));
                }
            }
        });
        return page.append(withoutTable(groups)).toString();
    }

    /** Names what was measured but is not on the page. */
    private static String withoutTable(JsonNode groups) {
        Set<String> names = new TreeSet<>();
        for (JsonNode group : groups) {
            String benchmark = group.path("benchmark").asText();
            if (!group.path("kind").asText().equals("peers") && !TITLES.containsKey(benchmark)) {
                names.add(benchmark);
            }
        }
        return names.isEmpty()
                ? ""
                : "\nMeasured, but without a table here: " + String.join(", ", names)
                        + "; the numbers are in [benchmarks.json](benchmarks.json).\n";
    }

    private static int release(JsonNode group) {
        return Integer.parseInt(group.path("environment").path("jdk").asText().replaceAll("\\D.*", ""));
    }

    private static String machine(JsonNode group) {
        JsonNode at = group.path("environment");
        String simd = at.has("simdBits") ? ", " + at.path("simdBits").asInt() + "-bit vectors" : "";
        return String.format(
                "%s, %d cores%s, %s, JDK %s (%s), %s.\n\n",
                at.path("processor").asText(),
                at.path("cores").asInt(),
                simd,
                at.path("system").asText(),
                at.path("jdk").asText(),
                at.path("vendor").asText(),
                group.path("date").asText());
    }

    private static String peers(JsonNode group) {
        StringBuilder table =
                new StringBuilder("| work | numbers | threads | ours | peer | | ratio | at least | aim |\n"
                        + "|---|---|---:|---:|---|---:|---:|---:|---:|\n");
        for (JsonNode row : group.path("rows")) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %d | %s | %s | %s | **%.2f** (%.2f–%.2f) | %s | %s |\n",
                    row.path("work").asText(),
                    row.path("precision").asText(),
                    row.path("threads").asInt(),
                    time(row.path("oursMicros").asDouble()),
                    row.path("peer").asText(),
                    time(row.path("theirsMicros").asDouble()),
                    row.path("ratio").asDouble(),
                    row.path("ratio10").asDouble(),
                    row.path("ratio90").asDouble(),
                    wanted(row.path("atLeast").asDouble()),
                    wanted(row.path("aim").asDouble())));
        }
        return table.toString();
    }

    /** The median of the pairs, and where 80 % of them lie. */
    private static String ratio(JsonNode row) {
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f–%.2f)",
                row.path("ratio").asDouble(),
                row.path("ratio10").asDouble(),
                row.path("ratio90").asDouble());
    }

    private static String wanted(double ratio) {
        return ratio == 0 ? "" : String.format(Locale.ROOT, "%.2f", ratio);
    }

    // ---- JMH's benchmarks: a row for each of the parameters, a column for each value of one of them, or each method

    private static String table(JsonNode group) {
        Set<String> columns = new LinkedHashSet<>();
        Map<String, Map<String, JsonNode>> rows = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode row : group.path("rows")) {
            List<String> keys = new ArrayList<>();
            row.path("params").fieldNames().forEachRemaining(keys::add);
            String last = Stream.of("backend", "kind")
                    .filter(keys::contains)
                    .findFirst()
                    .orElse(keys.get(keys.size() - 1));
            boolean methods = group.path("benchmark").asText().equals("TapeOverhead");
            if (!methods) {
                keys.remove(last);
            }
            names.addAll(keys);
            String column = methods
                    ? row.path("method").asText()
                    : row.path("params").path(last).asText();
            columns.add(column);
            rows.computeIfAbsent(
                            keys.stream()
                                    .map(key -> row.path("params").path(key).asText())
                                    .collect(Collectors.joining(" | ")),
                            key -> new LinkedHashMap<>())
                    .put(column, row);
        }
        StringBuilder table = new StringBuilder("| "
                + Stream.concat(names.stream(), columns.stream()).collect(Collectors.joining(" | "))
                + " |\n|" + "---|".repeat(names.size())
                + "---:|".repeat(columns.size())
                + "\n");
        rows.forEach((key, cells) -> {
            double first = micros(cells.values().iterator().next());
            table.append(names.isEmpty() ? "" : "| " + key + " ");
            columns.forEach(column -> table.append("| ")
                    .append(cells.containsKey(column) ? cell(group, cells.get(column), first) + " " : ""));
            table.append("|\n");
        });
        return table.toString();
    }

    private static String cell(JsonNode group, JsonNode row, double first) {
        if (row.has("overheadPercent")) {
            return String.format(
                    Locale.ROOT, "%+.1f %%", row.path("overheadPercent").asDouble());
        }
        double median = micros(row);
        String text = time(median);
        if (median < 0.95 * first) {
            text += String.format(Locale.ROOT, " (%.3gx)", first / median).replace(".0x", "x");
        }
        boolean memory = Set.of("TrainingStep", "Memory")
                .contains(group.path("benchmark").asText());
        return memory ? text + ", " + bytes(row.path("bytes").asDouble()) : text;
    }

    /** The median of a row in microseconds; it may be in milliseconds. */
    private static double micros(JsonNode row) {
        return row.path("median").asDouble() * (row.path("unit").asText().equals("ms/op") ? 1e3 : 1);
    }

    private static String time(double micros) {
        if (micros < 999.5) {
            return digits(micros) + " µs";
        }
        return micros < 999_500 ? digits(micros / 1e3) + " ms" : digits(micros / 1e6) + " s";
    }

    private static String bytes(double bytes) {
        return bytes < 999_500 ? digits(bytes / 1e3) + " kB" : digits(bytes / 1e6) + " MB";
    }

    /** Three digits. */
    private static String digits(double value) {
        return String.format(Locale.ROOT, value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value);
    }

    // ---- the README

    /** The text with the table between the two marks. */
    static String inReadme(String readme, JsonNode groups) {
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(
                    "report: README.md has no place for the table; put these two lines where it belongs: " + BEGIN
                            + " and " + END);
        }
        return readme.substring(0, begin + BEGIN.length()) + "\n" + summary(groups) + readme.substring(end);
    }

    /** The ratios to libtorch, a row for each piece of work, a column for each JDK and number of threads. */
    private static String summary(JsonNode groups) {
        List<JsonNode> runs = StreamSupport.stream(groups.spliterator(), false)
                .filter(group -> group.path("kind").asText().equals("peers"))
                .toList();
        if (runs.isEmpty()) {
            return "";
        }
        Set<String> columns = new TreeSet<>();
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        for (JsonNode run : runs) {
            for (JsonNode row : run.path("rows")) {
                if (row.path("peer").asText().equals("libtorch")) {
                    int threads = row.path("threads").asInt();
                    String column = "JDK " + release(run) + ", " + threads + (threads == 1 ? " thread" : " threads");
                    columns.add(column);
                    String work = row.path("work").asText() + ", "
                            + row.path("precision").asText();
                    rows.computeIfAbsent(work, key -> new LinkedHashMap<>()).put(column, ratio(row));
                }
            }
        }
        StringBuilder table = new StringBuilder(
                        "\nHow many times as fast as libtorch, on the same number of threads, in turn in one process; the median, and where 80 % of the pairs lie: ")
                .append(machine(runs.get(0)).replaceAll(", JDK .*\\R*", ".\n\n"))
                .append("| | ")
                .append(String.join(" | ", columns))
                .append(" |\n|---|")
                .append("---:|".repeat(columns.size()))
                .append('\n');
        rows.forEach((work, cells) -> table.append("| ")
                .append(work)
                .append(columns.stream()
                        .map(column -> cells.containsKey(column) ? " | " + cells.get(column) : " | ")
                        .collect(Collectors.joining()))
                .append(" |\n"));
        return table.append('\n').toString();
    }
}
