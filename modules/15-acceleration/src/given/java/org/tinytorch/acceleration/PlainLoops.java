// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/PlainLoops.java. Read it, don't edit it.
package org.tinytorch.acceleration;

/** Loops so plain that the compiler turns them into vector instructions by itself, if they are not part of a larger one. */
final class PlainLoops {
    private PlainLoops() {}

    static void relu(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i++) {
            out[outAt + i] = Math.max(0, x[xAt + i]);
        }
    }

    static void negate(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i++) {
            out[outAt + i] = -x[xAt + i];
        }
    }

    static void abs(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i++) {
            out[outAt + i] = Math.abs(x[xAt + i]);
        }
    }

    static void square(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i++) {
            out[outAt + i] = x[xAt + i] * x[xAt + i];
        }
    }

    static void sqrt(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i++) {
            out[outAt + i] = Math.sqrt(x[xAt + i]);
        }
    }

    static void reciprocal(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i++) {
            out[outAt + i] = 1 / x[xAt + i];
        }
    }

    /** {@code 1 − y²}, the slope of tanh from its output. */
    static void tanhSlope(double[] y, int yAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i++) {
            out[outAt + i] = 1 - y[yAt + i] * y[yAt + i];
        }
    }

    /** {@code y · (1 − y)}, the slope of the sigmoid from its output. */
    static void sigmoidSlope(double[] y, int yAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i++) {
            out[outAt + i] = y[yAt + i] * (1 - y[yAt + i]);
        }
    }

    static void add(double[] a, int aAt, double[] b, int bAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i++) {
            out[outAt + i] = a[aAt + i] + b[bAt + i];
        }
    }

    static void subtract(double[] a, int aAt, double[] b, int bAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i++) {
            out[outAt + i] = a[aAt + i] - b[bAt + i];
        }
    }

    static void multiply(double[] a, int aAt, double[] b, int bAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i++) {
            out[outAt + i] = a[aAt + i] * b[bAt + i];
        }
    }

    static void divide(double[] a, int aAt, double[] b, int bAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i++) {
            out[outAt + i] = a[aAt + i] / b[bAt + i];
        }
    }

    /** {@code a − b} with one b for all. */
    static void minus(double[] a, int aAt, double b, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i++) {
            out[outAt + i] = a[aAt + i] - b;
        }
    }

    /** {@code x ← x · factor}. */
    static void scale(double[] x, int at, int length, double factor) {
        for (int i = at; i < at + length; i++) {
            x[i] *= factor;
        }
    }

    /**
     * The sum of a range, in eight sums side by side that are added at the end: always the same eight, so that the bits do not depend on the processor.
     */
    static double sum(double[] x, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
            s4 += x[i + 4];
            s5 += x[i + 5];
            s6 += x[i + 6];
            s7 += x[i + 7];
        }
        double sum = ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
        for (; i < to; i++) {
            sum += x[i];
        }
        return sum;
    }

    /** The largest of a range, NaN if one is NaN; −∞ of none. Four side by side, because each comparison waits for the one before. */
    static double max(double[] x, int from, int to) {
        double m0 = Double.NEGATIVE_INFINITY;
        double m1 = Double.NEGATIVE_INFINITY;
        double m2 = Double.NEGATIVE_INFINITY;
        double m3 = Double.NEGATIVE_INFINITY;
        int i = from;
        for (; i + 4 <= to; i += 4) {
            m0 = Math.max(m0, x[i]);
            m1 = Math.max(m1, x[i + 1]);
            m2 = Math.max(m2, x[i + 2]);
            m3 = Math.max(m3, x[i + 3]);
        }
        double max = Math.max(Math.max(m0, m1), Math.max(m2, m3));
        for (; i < to; i++) {
            max = Math.max(max, x[i]);
        }
        return max;
    }

    /** The sum of {@code (x − mean)²}, in four partial sums. */
    static double squares(double[] x, int from, int to, double mean) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 4 <= to; i += 4) {
            double d0 = x[i] - mean;
            double d1 = x[i + 1] - mean;
            double d2 = x[i + 2] - mean;
            double d3 = x[i + 3] - mean;
            s0 += d0 * d0;
            s1 += d1 * d1;
            s2 += d2 * d2;
            s3 += d3 * d3;
        }
        for (; i < to; i++) {
            s0 += (x[i] - mean) * (x[i] - mean);
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** The sum of {@code g · (x − mean)}, in four partial sums. */
    static double productsWithDeviations(double[] g, double[] x, int from, int to, double mean) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 4 <= to; i += 4) {
            s0 += g[i] * (x[i] - mean);
            s1 += g[i + 1] * (x[i + 1] - mean);
            s2 += g[i + 2] * (x[i + 2] - mean);
            s3 += g[i + 3] * (x[i + 3] - mean);
        }
        for (; i < to; i++) {
            s0 += g[i] * (x[i] - mean);
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** {@code (x − mean) · scale + shift}, at the same places. */
    static void shiftAndScale(double[] x, int at, double mean, double scale, double shift, double[] out, int length) {
        for (int i = at; i < at + length; i++) {
            out[i] = (x[i] - mean) * scale + shift;
        }
    }

    /** {@code (g − meanOfG − (x − mean) · slope) · scale}, at the same places. */
    static void centred(
            double[] g,
            double meanOfG,
            double[] x,
            double mean,
            double slope,
            double scale,
            double[] out,
            int at,
            int length) {
        for (int i = at; i < at + length; i++) {
            out[i] = (g[i] - meanOfG - (x[i] - mean) * slope) * scale;
        }
    }
}
