package org.tinytorch.precision;

import java.util.function.DoubleUnaryOperator;

/**
 * Counts numbers in 4096 bins of one width, as many below 0 as above. The width is a power of two and grows as it must: then neighbours are merged, and no count is lost. So the memory does
 * not depend on how many numbers are counted nor how large they are.
 */
final class Histogram {
    /** Bins on each side of 0: 2¹¹. */
    static final int HALF = 1 << 11;

    private static final int BITS_OF_HALF = 11;

    private final long[] counts = new long[2 * HALF];
    private int exponent = exponentFor(0);
    private long total;

    /** The exponent of the width with which the bins reach beyond a number. */
    private static int exponentFor(double magnitude) {
        return Math.getExponent(magnitude) + 1 - BITS_OF_HALF;
    }

    /** The width of a bin. */
    double width() {
        return Math.scalb(1.0, exponent);
    }

    /** How many numbers were counted. */
    long total() {
        return total;
    }

    /** Makes the bins so wide that a number of this magnitude has one. */
    void reach(double magnitude) {
        int shift = Math.min(exponentFor(magnitude) - exponent, Integer.SIZE - 1);
        if (shift <= 0) {
            return;
        }
        long[] narrow = counts.clone();
        java.util.Arrays.fill(counts, 0);
        for (int i = 0; i < narrow.length; i++) {
            counts[((i - HALF) >> shift) + HALF] += narrow[i];
        }
        exponent = exponentFor(magnitude);
    }

    /** Counts a number that the bins {@link #reach}. */
    void add(double x) {
        counts[(int) Math.floor(x / width()) + HALF]++;
        total++;
    }

    /**
     * The number below which a share of all lies, as if those of a bin were spread evenly over it.
     *
     * @param share 0 to 1; something must have been counted
     */
    double quantile(double share) {
        // region Task 17.7: below which number
        double rank = share * total;
        long below = 0;
        int bin = 0;
        while (counts[bin] == 0 || below + counts[bin] < rank) {
            below += counts[bin];
            bin++;
        }
        double within = (rank - below) / counts[bin];
        return (bin - HALF + within) * width();
        // endregion
    }

    /** The mean squared error if every number, taken from the middle of its bin, is replaced by another. */
    double meanSquaredError(DoubleUnaryOperator replacement) {
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                double x = (i - HALF + 0.5) * width();
                double error = x - replacement.applyAsDouble(x);
                sum += counts[i] * error * error;
            }
        }
        return sum / total;
    }

    /** The counts by magnitude: at i those from {@code i · width()} to {@code (i + 1) · width()} away from 0, on both sides. */
    double[] magnitudes() {
        double[] magnitudes = new double[HALF];
        for (int i = 0; i < HALF; i++) {
            magnitudes[i] = (double) counts[HALF + i] + counts[HALF - 1 - i];
        }
        return magnitudes;
    }
}
