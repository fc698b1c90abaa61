package org.tinytorch.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes {@code docs/benchmarks.md} and the tables of the README. Arguments: the repository, then the files that runs wrote. What they hold goes into
 * {@code docs/benchmarks.json}, where it takes the place of an older measurement of the same thing on a JDK of the same release, and all tables are made from there.
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
                split(JSON.readTree(file.toFile())).forEach((key, group) -> groups.put(key, group));
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

    /** The rows of a run by benchmark, each group with the day, the machine and the JDK beside it. */
    private static Map<String, ObjectNode> split(JsonNode run) {
        Map<String, ObjectNode> groups = new TreeMap<>(Comparator.naturalOrder());
        for (JsonNode row : run.path("rows")) {
            ObjectNode group = JSON.createObjectNode();
            group.set("kind", run.path("kind"));
            group.put("benchmark", row.path("benchmark").asText("peers"));
            group.set("date", run.path("date"));
            group.set("environment", run.path("environment"));
            group.putArray("rows");
            groups.putIfAbsent(key(group), group);
            ((ArrayNode) groups.get(key(group)).path("rows")).add(row);
        }
        return groups;
    }

    private static String key(JsonNode group) {
        String release = group.path("environment").path("jdk").asText().replaceAll("\\..*", "");
        return group.path("benchmark").asText() + " " + release;
    }
}
