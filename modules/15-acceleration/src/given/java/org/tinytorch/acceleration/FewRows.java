// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/FewRows.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The product of a few rows with a matrix whose columns each lie in one piece, as a {@code Linear}'s weight does: each number of C is the dot product of two stretches of memory. Every number of B is
 * used only once or a few times, so that laying it out anew, which pays for many rows, would take longer than the product: writing a text token by token is this.
 */
final class FewRows implements Gemm {
    /** Up to so many rows reading B as it lies is faster; measured with 128 to 3,072 columns. */
    static final int MOST = 8;

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    @Override
    public void multiply(int m, int k, int n, Matrix a, Matrix b, Matrix c, boolean add) {
        for (int j = 0; j < n; j += 4) {
            int i = 0;
            if (j + 4 <= n) {
                for (; i + 2 <= m; i += 2) {
                    twoByFour(k, a.from(i, 0), b.from(0, j), c.from(i, j), add);
                }
                for (; i < m; i++) {
                    oneByFour(k, a.from(i, 0), b.from(0, j), c.from(i, j), add);
                }
            } else {
                for (; i < m; i++) {
                    for (int column = j; column < n; column++) {
                        one(k, a.from(i, 0), b.from(0, column), c.from(i, column), add);
                    }
                }
            }
        }
    }

    /** Eight sums, enough to keep both of a core's multipliers busy, from six loads a step. */
    private static void twoByFour(int k, Matrix left, Matrix right, Matrix c, boolean add) {
        double[] a = left.data();
        double[] b = right.data();
        int a0 = left.start();
        int a1 = left.at(1, 0);
        int b0 = right.start();
        int b1 = right.at(0, 1);
        int b2 = right.at(0, 2);
        int b3 = right.at(0, 3);
        DoubleVector s00 = DoubleVector.zero(SPECIES);
        DoubleVector s01 = s00;
        DoubleVector s02 = s00;
        DoubleVector s03 = s00;
        DoubleVector s10 = s00;
        DoubleVector s11 = s00;
        DoubleVector s12 = s00;
        DoubleVector s13 = s00;
        int whole = SPECIES.loopBound(k);
        for (int p = 0; p < whole; p += LANES) {
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, a, a0 + p);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, a, a1 + p);
            DoubleVector y0 = DoubleVector.fromArray(SPECIES, b, b0 + p);
            s00 = x0.fma(y0, s00);
            s10 = x1.fma(y0, s10);
            DoubleVector y1 = DoubleVector.fromArray(SPECIES, b, b1 + p);
            s01 = x0.fma(y1, s01);
            s11 = x1.fma(y1, s11);
            DoubleVector y2 = DoubleVector.fromArray(SPECIES, b, b2 + p);
            s02 = x0.fma(y2, s02);
            s12 = x1.fma(y2, s12);
            DoubleVector y3 = DoubleVector.fromArray(SPECIES, b, b3 + p);
            s03 = x0.fma(y3, s03);
            s13 = x1.fma(y3, s13);
        }
        put(c, 0, 0, sum(s00) + rest(a, a0, b, b0, whole, k), add);
        put(c, 0, 1, sum(s01) + rest(a, a0, b, b1, whole, k), add);
        put(c, 0, 2, sum(s02) + rest(a, a0, b, b2, whole, k), add);
        put(c, 0, 3, sum(s03) + rest(a, a0, b, b3, whole, k), add);
        put(c, 1, 0, sum(s10) + rest(a, a1, b, b0, whole, k), add);
        put(c, 1, 1, sum(s11) + rest(a, a1, b, b1, whole, k), add);
        put(c, 1, 2, sum(s12) + rest(a, a1, b, b2, whole, k), add);
        put(c, 1, 3, sum(s13) + rest(a, a1, b, b3, whole, k), add);
    }

    private static void oneByFour(int k, Matrix left, Matrix right, Matrix c, boolean add) {
        double[] a = left.data();
        double[] b = right.data();
        int a0 = left.start();
        int b0 = right.start();
        int b1 = right.at(0, 1);
        int b2 = right.at(0, 2);
        int b3 = right.at(0, 3);
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        int whole = SPECIES.loopBound(k);
        for (int p = 0; p < whole; p += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, a0 + p);
            s0 = DoubleVector.fromArray(SPECIES, b, b0 + p).fma(x, s0);
            s1 = DoubleVector.fromArray(SPECIES, b, b1 + p).fma(x, s1);
            s2 = DoubleVector.fromArray(SPECIES, b, b2 + p).fma(x, s2);
            s3 = DoubleVector.fromArray(SPECIES, b, b3 + p).fma(x, s3);
        }
        put(c, 0, 0, sum(s0) + rest(a, a0, b, b0, whole, k), add);
        put(c, 0, 1, sum(s1) + rest(a, a0, b, b1, whole, k), add);
        put(c, 0, 2, sum(s2) + rest(a, a0, b, b2, whole, k), add);
        put(c, 0, 3, sum(s3) + rest(a, a0, b, b3, whole, k), add);
    }

    private static void one(int k, Matrix a, Matrix b, Matrix c, boolean add) {
        put(c, 0, 0, DotProduct.of(a.data(), a.start(), b.data(), b.start(), k), add);
    }

    private static double sum(DoubleVector lanes) {
        return lanes.reduceLanes(VectorOperators.ADD);
    }

    /** What the vectors left over. */
    private static double rest(double[] a, int aStart, double[] b, int bStart, int from, int to) {
        double sum = 0;
        for (int p = from; p < to; p++) {
            sum += a[aStart + p] * b[bStart + p];
        }
        return sum;
    }

    private static void put(Matrix c, int row, int column, double value, boolean add) {
        int at = c.at(row, column);
        c.data()[at] = add ? c.data()[at] + value : value;
    }
}
