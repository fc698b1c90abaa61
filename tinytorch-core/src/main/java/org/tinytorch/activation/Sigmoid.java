package org.tinytorch.activation;

/** The logistic function {@code σ(x) = 1 / (1 + e^(−x))}: from 0 to 1, ½ at 0. */
public record Sigmoid() implements Activation {
    @Override
    public double apply(double x) {
        return sigmoid(x);
    }

    /**
     * {@code 1 / (1 + e^(−x)) = eˣ / (1 + eˣ)} for every x, without an overflow on the way: ¾ at log 3, ¼ at −log 3, 1 at 1000, and 2.03e-313 rather than
     * 0 at −720. NaN stays NaN.
     */
    static double sigmoid(double x) {
        // region Task 3.3: sigmoid that never overflows
        double e = Math.exp(-Math.abs(x)); // from 0 to 1
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
        // endregion
    }

    /** {@code σ(x) · (1 − σ(x))}, ¼ at 0: from the output alone. */
    @Override
    public double derivative(double x, double y) {
        return y * (1 - y);
    }
}
