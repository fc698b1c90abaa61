// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/Profile.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where the time of a model went, as a {@link Profiler} measured it.
 *
 * @param layers in the order in which they first ran; what was computed outside of all layers has a row of its own
 * @param operations by kind and shapes
 * @param events one after the other, as they ended
 * @param droppedEvents how many more there were than are kept; the tables count them too
 * @param overheadNanos what the profiler itself took, which is in none of the times
 */
public record Profile(
        List<LayerProfile> layers,
        List<OperationProfile> operations,
        List<TraceEvent> events,
        long droppedEvents,
        long overheadNanos) {
    private static final int TOP = 10;

    /** Copies the lists. */
    public Profile {
        layers = List.copyOf(layers);
        operations = List.copyOf(operations);
        events = List.copyOf(events);
    }

    /** All time that was measured: that of all layers themselves, and of operations outside of them. */
    public long nanos() {
        return layers.stream().mapToLong(LayerProfile::selfNanos).sum();
    }

    /**
     * The layer at a path.
     *
     * @param path as the table shows it
     * @throws IllegalArgumentException if it was not seen
     */
    public LayerProfile layer(String path) {
        return layers.stream()
                .filter(layer -> layer.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("profile: '" + path + "' was not seen; seen were "
                        + layers.stream().map(LayerProfile::path).toList()));
    }

    /**
     * The layer to look at first: the one that itself took the longest. Of a model with 3 ms of its own around a layer of 7 ms, it is the latter, though the model took 10 ms in all.
     *
     * @throws IllegalStateException if no layer ran
     */
    public LayerProfile bottleneck() {
        return layers.stream()
                .filter(layer -> !layer.path().equals(Names.OUTSIDE))
                .max(Comparator.comparingLong(LayerProfile::selfNanos))
                .orElseThrow(() -> new IllegalStateException(
                        "profile: no layer ran; use the model while the profiler is attached"));
    }

    /** The operations that took the longest, at most so many. */
    public List<OperationProfile> top(int most) {
        return operations.stream()
                .sorted(Comparator.comparingLong(OperationProfile::nanos).reversed())
                .limit(most)
                .toList();
    }

    /** A row for each layer. */
    public Table layerTable() {
        List<List<Cell>> rows = new ArrayList<>();
        for (LayerProfile layer : layers) {
            List<Cell> row = new ArrayList<>(List.of(
                    Cell.text(layer.path()),
                    Cell.text(layer.kind()),
                    Cell.number(layer.calls()),
                    time(layer.totalNanos()),
                    time(layer.selfNanos()),
                    share(layer.selfNanos()),
                    Cell.of(layer.selfAllocated(), Units.bytes(layer.selfAllocated()))));
            row.addAll(arithmetic(layer.cost(), layer.flopsPerSecond()));
            rows.add(row);
        }
        return new Table(
                "Layers (self: without the layers inside)",
                List.of("layer", "kind", "calls", "total", "self", "share", "allocated", "FLOPs", "FLOP/byte", "speed"),
                rows);
    }

    /** A row for each of the operations that took the longest, at most so many; costs that were guessed have a question mark. */
    public Table operationTable(int most) {
        List<List<Cell>> rows = new ArrayList<>();
        for (OperationProfile operation : top(most)) {
            List<Cell> row = new ArrayList<>(List.of(
                    Cell.text(operation.name() + (operation.known() ? "" : " ?")),
                    Cell.text(operation.shapes()),
                    Cell.number(operation.calls()),
                    time(operation.nanos()),
                    share(operation.nanos()),
                    Cell.of(operation.allocated(), Units.bytes(operation.allocated()))));
            row.addAll(arithmetic(operation.cost(), operation.flopsPerSecond()));
            rows.add(row);
        }
        return new Table(
                "Operations (" + rows.size() + " of " + operations.size() + " kinds)",
                List.of("operation", "inputs", "calls", "time", "share", "allocated", "FLOPs", "FLOP/byte", "speed"),
                rows);
    }

    private static List<Cell> arithmetic(Cost cost, double speed) {
        return List.of(
                Cell.of(cost.flops(), Units.count(cost.flops(), "")),
                Cell.of(cost.intensity(), Units.digits(cost.intensity())),
                Cell.of(speed, Units.count(speed, "FLOP/s")));
    }

    private static Cell time(long nanos) {
        return Cell.of(nanos, Units.time(nanos));
    }

    private Cell share(long nanos) {
        double share = nanos() == 0 ? 0 : (double) nanos / nanos();
        return Cell.of(share, Units.percent(share));
    }

    /**
     * Writes all events to a file that <a href="https://ui.perfetto.dev">Perfetto</a> and Chrome's {@code about:tracing} show as bars over time: complete events of the Trace Event Format (Google), in
     * microseconds from when the profiler was attached or reset; layers and operations lie inside each other.
     *
     * @throws IOException if it cannot be written; then the old file, if any, is untouched
     */
    public void trace(Path file) throws IOException {
        TraceFile.write(file, this);
    }

    /** Both tables, the second with ten rows, and what the profiler itself took. */
    @Override
    public String toString() {
        return layerTable() + "\n\n" + operationTable(TOP) + "\n\n" + summary();
    }

    /** For example {@code 12.5 ms measured; the profiler took another 0.21 ms, which is in no row}. */
    public String summary() {
        return Units.time(nanos()) + " measured; the profiler took another " + Units.time(overheadNanos)
                + ", which is in no row";
    }
}
