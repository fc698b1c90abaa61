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

    /** The sum of {@code (x − mean)²}, in eight sums side by side like {@link #sum}. */
    static double squares(double[] x, int from, int to, double mean) {
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
            s0 += (x[i] - mean) * (x[i] - mean);
            s1 += (x[i + 1] - mean) * (x[i + 1] - mean);
            s2 += (x[i + 2] - mean) * (x[i + 2] - mean);
            s3 += (x[i + 3] - mean) * (x[i + 3] - mean);
            s4 += (x[i + 4] - mean) * (x[i + 4] - mean);
            s5 += (x[i + 5] - mean) * (x[i + 5] - mean);
            s6 += (x[i + 6] - mean) * (x[i + 6] - mean);
            s7 += (x[i + 7] - mean) * (x[i + 7] - mean);
        }
        double sum = ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
        for (; i < to; i++) {
            sum += (x[i] - mean) * (x[i] - mean);
        }
        return sum;
    }

    /** The sum of {@code g · (x − mean)}, in eight sums side by side like {@link #sum}. */
    static double productsWithDeviations(double[] g, int gAt, double[] x, int xAt, int length, double mean) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            int p = gAt + i;
            int q = xAt + i;
            s0 += g[p] * (x[q] - mean);
            s1 += g[p + 1] * (x[q + 1] - mean);
            s2 += g[p + 2] * (x[q + 2] - mean);
            s3 += g[p + 3] * (x[q + 3] - mean);
            s4 += g[p + 4] * (x[q + 4] - mean);
            s5 += g[p + 5] * (x[q + 5] - mean);
            s6 += g[p + 6] * (x[q + 6] - mean);
            s7 += g[p + 7] * (x[q + 7] - mean);
        }
        double sum = ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
        for (; i < length; i++) {
            sum += g[gAt + i] * (x[xAt + i] - mean);
        }
        return sum;
    }

    /** The sum of {@code a · b}, in eight sums side by side like {@link #sum}. */
    static double dot(double[] a, double[] b, int from, int to) {
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
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
            s4 += a[i + 4] * b[i + 4];
            s5 += a[i + 5] * b[i + 5];
            s6 += a[i + 6] * b[i + 6];
            s7 += a[i + 7] * b[i + 7];
        }
        double sum = ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
        for (; i < to; i++) {
            sum += a[i] * b[i];
        }
        return sum;
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
