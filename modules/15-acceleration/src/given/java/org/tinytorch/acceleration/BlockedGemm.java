// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/BlockedGemm.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.Arrays;

/**
 * The matrix product in plain Java, in three steps: lay out whatever is not stored row by row (packing), take the inner dimension in blocks whose rows of b
 * stay in cache, and add four of its steps to a row of c at once, so that the row is loaded and stored a quarter as often. The compiler turns the innermost
 * loop into vector instructions by itself.
 */
final class BlockedGemm implements Gemm {
    /** Rows of b per block. With 128 columns, a block is 64 KiB: it stays in the second-level cache while every row of c passes by. */
    private static final int BLOCK = 64;

    /** Steps of the inner dimension that are added together. */
    private static final int STEPS = 4;

    @Override
    public void multiply(int m, int k, int n, Matrix a, Matrix b, Matrix c, boolean add) {
        if (!add) {
            clear(m, n, c);
        }
        Matrix left = rowByRow(a, m, k);
        Matrix right = rowByRow(b, k, n);
        for (int from = 0; from < k; from += BLOCK) {
            int to = Math.min(k, from + BLOCK);
            for (int i = 0; i < m; i++) {
                int p = from;
                for (; p + STEPS <= to; p += STEPS) {
                    addFourSteps(
                            left.data(),
                            left.start() + i * left.rowStride() + p,
                            right,
                            p,
                            c.data(),
                            c.start() + i * c.rowStride(),
                            n);
                }
                for (; p < to; p++) {
                    addStep(
                            left.data()[left.start() + i * left.rowStride() + p],
                            right,
                            p,
                            c.data(),
                            c.start() + i * c.rowStride(),
                            n);
                }
            }
        }
    }

    private static void clear(int m, int n, Matrix c) {
        for (int i = 0; i < m; i++) {
            Arrays.fill(c.data(), c.at(i, 0), c.at(i, 0) + n, 0);
        }
    }

    /** The matrix as it stands in its array, or if it is stored column by column a copy in the right order. */
    private static Matrix rowByRow(Matrix matrix, int rows, int columns) {
        if (matrix.columnStride() == 1) {
            return matrix;
        }
        double[] packed = new double[rows * columns];
        for (int column = 0; column < columns; column++) {
            int from = matrix.start() + column * matrix.columnStride();
            for (int row = 0; row < rows; row++) {
                packed[row * columns + column] = matrix.data()[from + row * matrix.rowStride()];
            }
        }
        return Matrix.of(packed, 0, rows, columns, false);
    }

    private static void addFourSteps(double[] a, int aStart, Matrix right, int p, double[] c, int cRow, int n) {
        double a0 = a[aStart];
        double a1 = a[aStart + 1];
        double a2 = a[aStart + 2];
        double a3 = a[aStart + 3];
        double[] b = right.data();
        int b0 = right.start() + p * right.rowStride();
        int b1 = b0 + right.rowStride();
        int b2 = b1 + right.rowStride();
        int b3 = b2 + right.rowStride();
        for (int j = 0; j < n; j++) {
            c[cRow + j] += a0 * b[b0 + j] + a1 * b[b1 + j] + a2 * b[b2 + j] + a3 * b[b3 + j];
        }
    }

    private static void addStep(double factor, Matrix right, int p, double[] c, int cRow, int n) {
        double[] b = right.data();
        int bRow = right.start() + p * right.rowStride();
        for (int j = 0; j < n; j++) {
            c[cRow + j] += factor * b[bRow + j];
        }
    }
}
