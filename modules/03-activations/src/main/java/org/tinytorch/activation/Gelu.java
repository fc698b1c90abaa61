// Yours: task 3.5. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-core/src/main/java/org/tinytorch/activation/Gelu.java.
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

    /**
     * The slope of {@code x · Φ(x)} by the product rule. The slope of Φ is the normal density {@code φ(x) = e^(−x²/2) / √(2π)}. ½ at 0, 1.0833 at 1,
     * −0.0833 at −1; 0 at −∞ and 1 at ∞.
     */
    @Override
    public double derivative(double x, double y) {
        // region Task 3.5: the slope of GELU
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 3.5
        throw new UnsupportedOperationException("Task 3.5: the slope of GELU is not written yet: ./tito hint 3.5");
        // endregion
    }

    /** Φ(x), the probability that a standard normal number is below x: 0 at −∞, ½ at 0, 1 at ∞. */
    private static double normalCdf(double x) {
        return 0.5 * (1 + Erf.erf(x / SQRT_2));
    }
}
