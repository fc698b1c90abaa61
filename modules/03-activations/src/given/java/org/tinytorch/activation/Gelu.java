// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/activation/Gelu.java. Read it, don't edit it.
package org.tinytorch.activation;

import org.tinytorch.tensor.Erf;

/** The Gaussian error linear unit {@code x · Φ(x)}, where Φ is the normal distribution function (Hendrycks and Gimpel, 2016). */
public record Gelu() implements Activation {
    private static final double SQRT_2 = Math.sqrt(2);
    private static final double SQRT_2_PI = Math.sqrt(2 * Math.PI);

    @Override
    public double apply(double x) {
        return x == Double.NEGATIVE_INFINITY ? 0 : x * normalCdf(x);
    }

    /** {@code Φ(x) + x · φ(x)}, with the normal density φ. */
    @Override
    public double derivative(double x, double y) {
        double density = Math.exp(-x * x / 2) / SQRT_2_PI;
        return Double.isInfinite(x) ? normalCdf(x) : normalCdf(x) + x * density;
    }

    private static double normalCdf(double x) {
        return 0.5 * (1 + Erf.erf(x / SQRT_2));
    }
}
