// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Erf.java. Read it, don't edit it.
package org.tinytorch.tensor;

/** The Gauss error function to double precision, from two textbook expansions (Abramowitz and Stegun, 7.1.6 and 7.1.14). */
public final class Erf {
    private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

    /** Below this the series converges quickly, above it the continued fraction does. */
    private static final double SWITCH = 2.5;

    private Erf() {}

    /** {@code 2/√π ∫₀ˣ e^(−t²) dt}, between −1 and 1; the error is a few units in the last place. */
    public static double erf(double x) {
        double magnitude = Math.abs(x);
        double value;
        if (magnitude < SWITCH) {
            value = series(magnitude);
        } else if (magnitude < 6) {
            value = 1 - tail(magnitude);
        } else {
            value = magnitude >= 6 ? 1 : Double.NaN;
        }
        return Math.copySign(value, x);
    }

    /** 2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (1·3·5…(2n+1)): all terms are positive, so nothing cancels. */
    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; term > sum * 1e-17; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return TWO_OVER_SQRT_PI * Math.exp(-x * x) * sum;
    }

    /** 1 − erf(x) = e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 1½/(x + …)))), evaluated from the inside out. */
    private static double tail(double x) {
        double fraction = x;
        for (int n = 60; n >= 1; n--) {
            fraction = x + n / 2.0 / fraction;
        }
        return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
    }
}
