// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/AttentionLoops.java. Read it, don't edit it.
package org.tinytorch.acceleration;

/** The loops of {@link AttentionBlock} over one row, so plain that the compiler turns them into vector instructions. */
final class AttentionLoops {
    private AttentionLoops() {}

    /** {@code Σ p · d}, in four partial sums. */
    static double dot(double[] p, double[] d, int at, int length) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = at;
        for (; i + 4 <= at + length; i += 4) {
            s0 += p[i] * d[i];
            s1 += p[i + 1] * d[i + 1];
            s2 += p[i + 2] * d[i + 2];
            s3 += p[i + 3] * d[i + 3];
        }
        for (; i < at + length; i++) {
            s0 += p[i] * d[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** {@code d ← scale · p · (d − average)}. */
    static void softmaxGradient(double[] p, double[] d, int at, int length, double average, double scale) {
        for (int i = at; i < at + length; i++) {
            d[i] = scale * p[i] * (d[i] - average);
        }
    }
}
