package org.tinytorch.acceleration;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over a short row. Of 64 numbers, the loops that the compiler makes of {@link PlainLoops} take one by one those before the first aligned vector and those behind the last, and that takes longer than all
 * the vectors between them.
 */
final class RowLoops {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private RowLoops() {}

    private static DoubleVector load(double[] x, int i) {
        return DoubleVector.fromArray(SPECIES, x, i);
    }

    /** {@code x ← x · factor}. */
    static void scale(double[] x, int at, int length, double factor) {
        int end = at + length;
        int i = at;
        for (; i <= end - LANES; i += LANES) {
            load(x, i).mul(factor).intoArray(x, i);
        }
        for (; i < end; i++) {
            x[i] *= factor;
        }
    }

    /** {@code x − b} with one b for all. */
    static void minus(double[] x, int at, double b, double[] out, int outAt, int length) {
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            load(x, at + i).sub(b).intoArray(out, outAt + i);
        }
        for (; i < length; i++) {
            out[outAt + i] = x[at + i] - b;
        }
    }

    /** The largest of a row, NaN if one is NaN; −∞ of none. In whatever order they are compared, it is the same number. */
    static double max(double[] x, int at, int length) {
        int end = at + length;
        double max = Double.NEGATIVE_INFINITY;
        int i = at;
        if (i <= end - LANES) {
            DoubleVector largest = load(x, i);
            for (i += LANES; i <= end - LANES; i += LANES) {
                largest = largest.max(load(x, i));
            }
            max = largest.reduceLanes(VectorOperators.MAX);
        }
        for (; i < end; i++) {
            max = Math.max(max, x[i]);
        }
        return max;
    }

    /** The gradient that goes through a softmax: {@code d ← scale · p · (d − average)}. */
    static void softmaxGradient(double[] p, double[] d, int at, int length, double average, double scale) {
        int end = at + length;
        int i = at;
        for (; i <= end - LANES; i += LANES) {
            load(p, i).mul(scale).mul(load(d, i).sub(average)).intoArray(d, i);
        }
        for (; i < end; i++) {
            d[i] = scale * p[i] * (d[i] - average);
        }
    }
}
