// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/FlopCount.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a {@link FlopCounter} has counted.
 *
 * @param layers of the model, parents first, also those that did nothing
 * @param outside what was computed outside of all layers
 * @param unknown kinds of operations whose cost was guessed as one FLOP for each number of the result, and how often each was computed
 */
public record FlopCount(List<LayerCount> layers, Cost outside, Map<String, Integer> unknown) {
    /** Copies the lists. */
    public FlopCount {
        layers = List.copyOf(layers);
        unknown = Collections.unmodifiableMap(new LinkedHashMap<>(unknown));
    }

    /**
     * The layer at a path.
     *
     * @throws IllegalArgumentException if there is none
     */
    public LayerCount layer(String path) {
        return layers.stream()
                .filter(layer -> layer.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("flop count: there is no layer '" + path
                        + "'; there are "
                        + layers.stream().map(layer -> Names.path(layer.path())).toList()));
    }

    /** Everything: what all layers do, and what is done outside of them. */
    public Cost total() {
        return layers.stream().map(LayerCount::own).reduce(outside, Cost::plus);
    }

    /** How many numbers learn in the whole model. */
    public long parameters() {
        return layer("").parameters();
    }

    /** A row for each layer that did something, what is inside it included. */
    public Table table() {
        List<List<Cell>> rows = new ArrayList<>();
        for (LayerCount layer : layers) {
            if (layer.calls() > 0) {
                rows.add(row(Names.path(layer.path()), layer.kind(), layer.parameters(), layer.calls(), layer.all()));
            }
        }
        if (!outside.equals(Cost.NONE)) {
            rows.add(row(Names.OUTSIDE, "", 0, 0, outside));
        }
        return new Table(
                "Operations of each layer" + note(),
                List.of("layer", "kind", "parameters", "calls", "multiply-adds", "FLOPs", "bytes", "FLOP/byte"),
                rows);
    }

    private static List<Cell> row(String path, String kind, long parameters, int calls, Cost cost) {
        return List.of(
                Cell.text(path),
                Cell.text(kind),
                Cell.number(parameters),
                Cell.number(calls),
                Cell.of(cost.multiplyAdds(), Units.count(cost.multiplyAdds(), "")),
                Cell.of(cost.flops(), Units.count(cost.flops(), "")),
                Cell.of(cost.bytes(), Units.bytes(cost.bytes())),
                Cell.of(cost.intensity(), Units.digits(cost.intensity())));
    }

    private String note() {
        return unknown.isEmpty()
                ? ""
                : "; guessed as one FLOP for each number of the result: "
                        + unknown.entrySet().stream()
                                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                                .collect(Collectors.joining(", "));
    }

    /** The table, as text. */
    @Override
    public String toString() {
        return table().toString();
    }
}
