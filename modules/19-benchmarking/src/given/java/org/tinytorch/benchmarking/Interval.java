// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/Interval.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A range that holds an unknown value with some confidence: of many such intervals from many experiments, about so large a share holds it.
 *
 * @param low its lower end
 * @param high its upper end, not below the lower
 * @param confidence above 0 and below 1, such as 0.95
 */
public record Interval(double low, double high, double confidence) {
    private static final MathContext SIX_DIGITS = new MathContext(6);

    /**
     * Checks the ends.
     *
     * @throws IllegalArgumentException if they are the wrong way round or NaN, or the confidence is out of range
     */
    public Interval {
        checkConfidence("interval", confidence);
        if (!(low <= high)) {
            throw new IllegalArgumentException(
                    "interval: " + low + " to " + high + " is none; the lower end must not be above the upper");
        }
    }

    static void checkConfidence(String who, double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException(who + ": a confidence of " + confidence
                    + " is not possible; use above 0 and below 1, such as 0.95");
        }
    }

    /** Whether a value lies in it, its ends included. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** The confidence for people, such as {@code 95 %} or {@code 99.99 %}. */
    public String percent() {
        return percent(confidence);
    }

    static String percent(double confidence) {
        return BigDecimal.valueOf(100 * confidence)
                        .round(SIX_DIGITS)
                        .stripTrailingZeros()
                        .toPlainString() + " %";
    }
}
