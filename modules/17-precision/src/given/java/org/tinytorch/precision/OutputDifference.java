// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/OutputDifference.java. Read it, don't edit it.
package org.tinytorch.precision;

import org.tinytorch.tensor.Tensor;

/** Sums over the outputs y of a layer and ŷ of its twin, batch by batch. */
final class OutputDifference {
    private final String path;
    private String kind = "";
    private double signal;
    private double twinSignal;
    private double product;
    private double noise;
    private double largest;

    OutputDifference(String path) {
        this.path = path;
    }

    void add(String twinKind, Tensor y, Tensor twinY) {
        if (!y.shape().equals(twinY.shape())) {
            throw new IllegalArgumentException("validator: layer '" + path + "' returns " + y.shape()
                    + ", but its twin " + twinY.shape() + "; compare a model with its own quantised copy");
        }
        kind = twinKind;
        for (int i = 0; i < y.size(); i++) {
            double a = y.data()[i];
            double b = twinY.data()[i];
            signal += a * a;
            twinSignal += b * b;
            product += a * b;
            noise += (a - b) * (a - b);
            largest = Math.max(largest, Math.abs(a - b));
        }
    }

    LayerError error() {
        double decibels = noise == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(signal / noise);
        double cosine = noise == 0 ? 1 : product / Math.sqrt(signal * twinSignal);
        return new LayerError(path, kind, decibels, largest, cosine);
    }
}
