package org.tinytorch.milestones;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tinytorch.benchmarking.Cell;
import org.tinytorch.benchmarking.Interval;
import org.tinytorch.benchmarking.Table;
import org.tinytorch.benchmarking.Units;

/** The steps of a model as a table: line by line on the screen, and as a whole for a report. */
final class SpeedupTable {
    private static final String FORMAT = "%-13s %9s  %-20s %8s %8s %10s %10s %10s %9s  %s";

    private SpeedupTable() {}

    /** The names of the columns. */
    static String header(SpeedupModel model) {
        return String.format(
                Locale.ROOT,
                FORMAT,
                "step",
                "1 " + model.item(),
                "95 % from … to",
                "x before",
                "x loops",
                "allocated",
                "heap grew",
                "weights",
                model.quality().name(),
                "verdict");
    }

    /** One step. */
    static String line(SpeedupModel model, SpeedupRow row) {
        List<String> cells = cells(model, row).stream().map(Cell::text).toList();
        return String.format(
                Locale.ROOT,
                FORMAT,
                cells.get(0),
                cells.get(1),
                cells.get(2) + " … " + cells.get(3),
                cells.get(4),
                cells.get(5),
                cells.get(8),
                cells.get(9),
                cells.get(10),
                cells.get(11),
                cells.get(12));
    }

    /** All steps. */
    static Table of(SpeedupResult result) {
        SpeedupModel model = result.model();
        List<List<Cell>> rows = new ArrayList<>();
        for (SpeedupRow row : result.rows()) {
            rows.add(cells(model, row));
        }
        return new Table(
                model.name() + ": from the loops on",
                List.of(
                        "step",
                        "time of a" + (model.item().startsWith("i") ? "n " : " ") + model.item(),
                        "low",
                        "high",
                        "times as fast as before",
                        "as the loops",
                        "at least",
                        "at most",
                        "allocated",
                        "heap grew in a run",
                        "weights",
                        model.quality().name(),
                        "verdict"),
                rows);
    }

    private static List<Cell> cells(SpeedupModel model, SpeedupRow row) {
        Measured measured = row.measured();
        Interval time = measured.time().interval();
        return List.of(
                Cell.text(row.step()),
                time(measured.median()),
                time(time.low()),
                time(time.high()),
                factor(row.before()),
                factor(row.overall()),
                factor(row.interval().low()),
                factor(row.interval().high()),
                bytes(measured.allocated()),
                bytes(measured.growth()),
                bytes(measured.weightBytes()),
                Cell.of(measured.quality(), model.quality().text(measured.quality())),
                Cell.text(row.verdict().words()));
    }

    private static Cell time(double nanos) {
        return Cell.of(nanos, Units.time(nanos));
    }

    private static Cell factor(double factor) {
        return Cell.of(factor, Units.digits(factor));
    }

    private static Cell bytes(long bytes) {
        return Cell.of(bytes, Units.bytes(bytes));
    }
}
