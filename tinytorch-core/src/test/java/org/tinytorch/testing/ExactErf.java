package org.tinytorch.testing;

import java.math.BigDecimal;
import java.math.MathContext;

/** The error function by its Taylor series at 0 in 80 decimal digits, enough for the cancellation of its alternating terms up to |x| = 7. */
public final class ExactErf {
    private static final MathContext DIGITS = new MathContext(80);

    /** By Machin's formula, so that no long literal needs to be believed. */
    private static final BigDecimal PI = arctanOfReciprocal(5)
            .multiply(BigDecimal.valueOf(16))
            .subtract(arctanOfReciprocal(239).multiply(BigDecimal.valueOf(4)));

    private static final BigDecimal TWO_OVER_SQRT_PI = BigDecimal.valueOf(2).divide(PI.sqrt(DIGITS), DIGITS);

    private ExactErf() {}

    /** {@code 2/√π Σ (−1)ⁿ x^(2n+1) / (n! (2n+1))}, rounded once. */
    public static double erf(double x) {
        BigDecimal argument = new BigDecimal(x);
        BigDecimal square = argument.multiply(argument, DIGITS);
        BigDecimal power = argument; // (−1)ⁿ x^(2n+1) / n!
        BigDecimal sum = argument;
        for (int n = 1; n < 400; n++) {
            power = power.multiply(square, DIGITS).divide(BigDecimal.valueOf(-n), DIGITS);
            sum = sum.add(power.divide(BigDecimal.valueOf(2L * n + 1), DIGITS), DIGITS);
        }
        return sum.multiply(TWO_OVER_SQRT_PI, DIGITS).doubleValue();
    }

    private static BigDecimal arctanOfReciprocal(int n) {
        BigDecimal square = BigDecimal.valueOf((long) n * n);
        BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(n), DIGITS);
        BigDecimal sum = power;
        for (int k = 1; k < 120; k++) {
            power = power.divide(square, DIGITS).negate();
            sum = sum.add(power.divide(BigDecimal.valueOf(2L * k + 1), DIGITS));
        }
        return sum;
    }
}
