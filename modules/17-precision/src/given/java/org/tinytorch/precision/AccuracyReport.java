// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/AccuracyReport.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The error of each layer, inner layers before outer ones; the whole model is the last.
 *
 * @param layers in the order in which they computed
 */
public record AccuracyReport(List<LayerError> layers) {
    private static final int SHORTEST = 5;

    /** Keeps a copy. */
    public AccuracyReport {
        layers = List.copyOf(layers);
    }

    /**
     * The error of a layer.
     *
     * @param path empty for the whole model
     * @throws IllegalArgumentException if there is no such layer in both models
     */
    public LayerError layer(String path) {
        return layers.stream()
                .filter(layer -> layer.path().equals(path))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("validator: there is no layer '" + path + "'; there are "
                                + layers.stream().map(LayerError::path).toList()));
    }

    /** The layer with the lowest ratio of signal to noise, the first to leave in full precision. */
    public LayerError worst() {
        return layers.stream()
                .min(Comparator.comparingDouble(LayerError::signalToNoise))
                .orElseThrow();
    }

    /** A table, one layer in a row. */
    @Override
    public String toString() {
        int paths = width(layers.stream().map(layer -> name(layer).length()).toList());
        int kinds = width(layers.stream().map(layer -> layer.kind().length()).toList());
        String format = "%-" + paths + "s  %-" + kinds + "s  %8s  %12s  %10s%n";
        StringBuilder text = new StringBuilder(format.formatted("layer", "kind", "SNR (dB)", "largest diff", "cosine"));
        for (LayerError layer : layers) {
            text.append(format.formatted(
                    name(layer),
                    layer.kind(),
                    String.format(Locale.ROOT, "%.1f", layer.signalToNoise()),
                    String.format(Locale.ROOT, "%.3g", layer.largestDifference()),
                    String.format(Locale.ROOT, "%.6f", layer.cosine())));
        }
        return text.toString();
    }

    private static String name(LayerError layer) {
        return layer.path().isEmpty() ? "(model)" : layer.path();
    }

    private static int width(List<Integer> lengths) {
        return lengths.stream().reduce(SHORTEST, Math::max);
    }
}
