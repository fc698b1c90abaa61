package org.tinytorch.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes {@code docs/benchmarks.md} and the tables of the README. Arguments: the repository, then the files that runs wrote. What they hold goes into
 * {@code docs/benchmarks.json}, where each row takes the place of an older measurement of the same thing on a JDK of the same release, and all tables are made from there.
 */
public final class BenchmarkReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BenchmarkReport() {}

    /** Reads, merges, writes. */
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        Path store = root.resolve("docs/benchmarks.json");
        Map<String, ObjectNode> groups = new TreeMap<>();
        if (Files.exists(store)) {
            JSON.readTree(store.toFile()).forEach(group -> groups.put(key(group), (ObjectNode) group));
        }
        int read = 0;
        for (int i = 1; i < args.length; i++) {
            Path file = Path.of(args[i]);
            if (Files.exists(file)) {
                JsonNode run = JSON.readTree(file.toFile());
                run.path("rows").forEach(row -> take(groups, run, row));
                System.out.println("read: " + file);
                read++;
            }
        }
        if (groups.isEmpty()) {
            throw new IllegalStateException("report: there is nothing to report; run ./tito bench first");
        }
        if (read == 0) {
            System.out.println("No new results; the tables are made from docs/benchmarks.json alone.");
        }
        ArrayNode all = JSON.createArrayNode();
        groups.values().forEach(all::add);
        Path readme = root.resolve("README.md");
        String page = BenchmarkTables.page(all);
        String readmeWithTable = BenchmarkTables.inReadme(Files.readString(readme), all);
        // only now, when nothing can fail for its content any more
        JSON.writerWithDefaultPrettyPrinter().writeValue(store.toFile(), all);
        Files.writeString(root.resolve("docs/benchmarks.md"), page);
        Files.writeString(readme, readmeWithTable);
        System.out.println("written: docs/benchmarks.json, docs/benchmarks.md, README.md");
    }

    /** Puts a row among those that were measured of the same benchmark in the same place on the same day, and forgets what it replaces. */
    private static void take(Map<String, ObjectNode> groups, JsonNode run, JsonNode row) {
        ObjectNode group = JSON.createObjectNode();
        group.set("kind", run.path("kind"));
        group.put("benchmark", row.path("benchmark").asText("peers"));
        group.set("date", run.path("date"));
        group.set("environment", run.path("environment"));
        group.putArray("rows");
        ArrayNode rows =
                (ArrayNode) groups.computeIfAbsent(key(group), key -> group).path("rows");
        int place = placeOf(row, rows);
        if (place < rows.size()) {
            rows.set(place, row);
            return;
        }
        for (ObjectNode other : groups.values()) {
            ArrayNode old = (ArrayNode) other.path("rows");
            if (subject(other).equals(subject(group)) && placeOf(row, old) < old.size()) {
                old.remove(placeOf(row, old));
            }
        }
        rows.add(row);
        groups.values().removeIf(other -> other.path("rows").isEmpty());
    }

    /** Where a measurement of the same thing stands; at the end if there is none. */
    private static int placeOf(JsonNode row, ArrayNode rows) {
        int place = 0;
        while (place < rows.size() && !name(rows.get(place)).equals(name(row))) {
            place++;
        }
        return place;
    }

    /** What was measured, and on which JDK. */
    private static String subject(JsonNode group) {
        String release = group.path("environment").path("jdk").asText().replaceAll("\\..*", "");
        return group.path("benchmark").asText() + " " + release;
    }

    private static String key(JsonNode group) {
        return subject(group) + " " + group.path("date").asText() + " " + group.path("environment");
    }

    /** All of a row that is not a measurement. */
    private static String name(JsonNode row) {
        return Stream.of("method", "params", "work", "peer", "precision", "threads")
                .map(key -> row.path(key).toString())
                .collect(Collectors.joining(" "));
    }
}
