package org.tinytorch.milestones;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tinytorch.benchmarking.Cell;
import org.tinytorch.benchmarking.Interval;
import org.tinytorch.benchmarking.Table;
import org.tinytorch.benchmarking.Units;

/** The networks as a table, for the screen and for a report. */
final class CompressionTable {
    private static final double POINTS = 100;

    private CompressionTable() {}

    static Table of(List<CompressedRow> rows) {
        List<List<Cell>> cells = new ArrayList<>();
        rows.forEach(row -> cells.add(cells(row)));
        return new Table(
                "The trained network, and smaller ones",
                List.of(
                        "network",
                        "an image",
                        "low",
                        "high",
                        "times as fast",
                        "weights not 0",
                        "times fewer",
                        "in a file",
                        "times smaller",
                        "accuracy",
                        "points lost"),
                cells);
    }

    private static List<Cell> cells(CompressedRow row) {
        CompressedNetwork network = row.network();
        Interval interval = row.time().interval();
        return List.of(
                Cell.text(row.how().toString()),
                time(row.time().median()),
                time(interval.low()),
                time(interval.high()),
                factor(row.faster()),
                Cell.of(network.weights(), String.format(Locale.ROOT, "%,d", network.weights())),
                factor(row.fewer()),
                Cell.of(network.bytes(), Units.bytes(network.bytes())),
                factor(row.smaller()),
                Cell.of(network.accuracy(), Quality.ACCURACY.text(network.accuracy())),
                Cell.of(row.lost(), String.format(Locale.ROOT, "%.2f", POINTS * row.lost())));
    }

    private static Cell time(double nanos) {
        return Cell.of(nanos, Units.time(nanos));
    }

    private static Cell factor(double factor) {
        return Cell.of(factor, String.format(Locale.ROOT, "%.2f", factor));
    }
}
