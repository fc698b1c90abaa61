// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/NormLoops.java. Read it, don't edit it.
package org.tinytorch.acceleration;

/** The loops of {@link NormKernels} over one row, so plain that the compiler turns them into vector instructions. */
final class NormLoops {
    private NormLoops() {}

    /** {@code (x − mean) · inverse · weight + bias}. */
    static void normalise(
            double[] x, int from, double mean, double inverse, double[] weight, double[] bias, double[] y) {
        for (int c = 0; c < weight.length; c++) {
            y[from + c] = (x[from + c] - mean) * inverse * weight[c] + bias[c];
        }
    }

    /** {@code Σ h · (x − mean)}, in four partial sums. */
    static double productsWithDeviations(double[] h, double[] x, int from, double mean) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int c = 0;
        for (; c + 4 <= h.length; c += 4) {
            s0 += h[c] * (x[from + c] - mean);
            s1 += h[c + 1] * (x[from + c + 1] - mean);
            s2 += h[c + 2] * (x[from + c + 2] - mean);
            s3 += h[c + 3] * (x[from + c + 3] - mean);
        }
        for (; c < h.length; c++) {
            s0 += h[c] * (x[from + c] - mean);
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** {@code (h − meanOfH − (x − mean) · slope) · inverse}. */
    static void centred(
            double[] h, double meanOfH, double[] x, int from, double mean, double slope, double inverse, double[] gx) {
        for (int c = 0; c < h.length; c++) {
            gx[from + c] = (h[c] - meanOfH - (x[from + c] - mean) * slope) * inverse;
        }
    }

    /** Adds {@code g · (x − mean) · inverse} of some columns of a row to their sums. */
    static void addProducts(
            double[] g, double[] x, int row, double mean, double inverse, double[] sums, int from, int to) {
        for (int c = from; c < to; c++) {
            sums[c] += g[row + c] * ((x[row + c] - mean) * inverse);
        }
    }
}
