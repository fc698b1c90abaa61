// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/activation/Sigmoid.java. Read it, don't edit it.
package org.tinytorch.activation;

/** The logistic function {@code σ(x) = 1 / (1 + e^(−x))}: from 0 to 1, ½ at 0. */
public record Sigmoid() implements Activation {
    @Override
    public double apply(double x) {
        return sigmoid(x);
    }

    /** Only ever raises e to a negative power, so that nothing overflows. */
    static double sigmoid(double x) {
        double e = Math.exp(-Math.abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    @Override
    public double derivative(double x, double y) {
        return y * (1 - y);
    }
}
