// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/ReportJson.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.tinytorch.setup.EnvironmentReport;

/** Writes a report as JSON; {@link Report#toJson} says what is in it. */
final class ReportJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ReportJson() {}

    static String of(Report report) {
        ObjectNode root = NODES.objectNode();
        root.put("title", report.title());
        root.put("created", report.created().toString());
        root.set("environment", environment(report.environment()));
        ArrayNode notes = root.putArray("notes");
        report.notes().forEach(notes::add);
        ArrayNode measurements = root.putArray("measurements");
        report.measurements().forEach(measured -> measurements.add(measurement(measured)));
        ArrayNode comparisons = root.putArray("comparisons");
        report.comparisons().forEach(result -> comparisons.add(comparison(result)));
        ArrayNode tables = root.putArray("tables");
        report.tables().forEach(table -> tables.add(table(table)));
        return root.toPrettyString() + "\n";
    }

    private static ObjectNode environment(EnvironmentReport here) {
        ObjectNode node = NODES.objectNode();
        node.put("jdk", here.jdkVersion());
        node.put("vendor", here.jdkVendor());
        node.put("system", here.operatingSystem());
        node.put("architecture", here.architecture());
        node.put("cores", here.cores());
        node.put("maxHeapBytes", here.maxHeapBytes());
        here.physicalMemoryBytes().ifPresent(bytes -> node.put("physicalMemoryBytes", bytes));
        here.simdBits().ifPresent(bits -> node.put("simdBits", bits));
        node.put("vectorApi", here.vectorApi());
        node.put("c2", here.c2());
        return node;
    }

    private static ObjectNode measurement(Measurement measured) {
        Interval interval = measured.interval();
        ObjectNode node = NODES.objectNode();
        node.put("name", measured.name());
        node.put("medianNanos", measured.median());
        node.put("lowNanos", interval.low());
        node.put("highNanos", interval.high());
        node.put("confidence", interval.confidence());
        node.put("deviationNanos", measured.deviation());
        node.put("warmUpRuns", measured.warmUp().runs());
        node.put("settled", measured.warmUp().settled());
        ArrayNode nanos = node.putArray("nanos");
        measured.nanos().forEach(nanos::add);
        return node;
    }

    private static ObjectNode comparison(AbResult result) {
        ObjectNode node = NODES.objectNode();
        node.put("a", result.nameA());
        node.put("b", result.nameB());
        node.put("ratio", result.ratio());
        node.put("low", result.interval().low());
        node.put("high", result.interval().high());
        node.put("confidence", result.interval().confidence());
        node.put("p", result.p());
        node.put("verdict", result.verdict().toString());
        node.put("warmUpRuns", result.warmUp().runs());
        node.put("settled", result.warmUp().settled());
        ArrayNode nanosA = node.putArray("nanosA");
        result.nanosA().forEach(nanosA::add);
        ArrayNode nanosB = node.putArray("nanosB");
        result.nanosB().forEach(nanosB::add);
        return node;
    }

    private static ObjectNode table(Table table) {
        ObjectNode node = NODES.objectNode();
        node.put("caption", table.caption());
        ArrayNode columns = node.putArray("columns");
        table.columns().forEach(columns::add);
        ArrayNode rows = node.putArray("rows");
        table.rows().forEach(cells -> {
            ArrayNode row = rows.addArray();
            cells.forEach(cell -> cell.number().ifPresentOrElse(row::add, () -> row.add(cell.text())));
        });
        return node;
    }
}
