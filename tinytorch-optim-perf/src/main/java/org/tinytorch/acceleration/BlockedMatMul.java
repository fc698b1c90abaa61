package org.tinytorch.acceleration;

import org.tinytorch.tensor.IndexWalk;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * The matrix product in three steps: lay both sides out so that the innermost loop reads neighbours (packing), take the inner dimension in blocks whose
 * rows of b stay in cache, and add four of its steps to a row of c at once, so that the row is loaded and stored a quarter as often.
 */
final class BlockedMatMul {
    /** Rows of b per block. With 128 columns, a block is 64 KiB: it stays in the second-level cache while every row of c passes by. */
    private static final int BLOCK = 64;

    /** Steps of the inner dimension that are added together. */
    private static final int STEPS = 4;

    private BlockedMatMul() {}

    static Tensor multiply(MatMul product, Tensor a, Tensor b) {
        MatMul.Sizes sizes = product.sizes(a.shape(), b.shape());
        int m = sizes.m();
        int k = sizes.k();
        int n = sizes.n();
        double[] out = new double[sizes.result().size()];
        IndexWalk batch = new IndexWalk(sizes.batch(), sizes.batchStridesA(), sizes.batchStridesB());
        for (int matrix = 0; matrix < sizes.batch().size(); matrix++) {
            Side left = Side.of(a.data(), batch.position(0) * m * k, m, k, product.transposeA());
            Side right = Side.of(b.data(), batch.position(1) * k * n, k, n, product.transposeB());
            addProduct(left, right, out, matrix * m * n, m, k, n);
            batch.next();
        }
        return Tensors.of(out, sizes.result());
    }

    /** One matrix, row by row, that begins somewhere in an array. */
    private record Side(double[] data, int start) {
        /** The matrix as it stands in its array, or if that holds its transpose a copy in the right order. */
        static Side of(double[] data, int start, int rows, int columns, boolean transposed) {
            if (!transposed) {
                return new Side(data, start);
            }
            double[] packed = new double[rows * columns];
            for (int column = 0; column < columns; column++) {
                for (int row = 0; row < rows; row++) {
                    packed[row * columns + column] = data[start + column * rows + row];
                }
            }
            return new Side(packed, 0);
        }
    }

    private static void addProduct(Side a, Side b, double[] c, int cStart, int m, int k, int n) {
        for (int from = 0; from < k; from += BLOCK) {
            int to = Math.min(k, from + BLOCK);
            for (int i = 0; i < m; i++) {
                int p = from;
                for (; p + STEPS <= to; p += STEPS) {
                    addFourSteps(a.data, a.start + i * k + p, b.data, b.start + p * n, c, cStart + i * n, n);
                }
                for (; p < to; p++) {
                    addStep(a.data[a.start + i * k + p], b.data, b.start + p * n, c, cStart + i * n, n);
                }
            }
        }
    }

    private static void addFourSteps(double[] a, int aStart, double[] b, int bStart, double[] c, int cRow, int n) {
        double a0 = a[aStart];
        double a1 = a[aStart + 1];
        double a2 = a[aStart + 2];
        double a3 = a[aStart + 3];
        for (int j = 0; j < n; j++) {
            c[cRow + j] += a0 * b[bStart + j]
                    + a1 * b[bStart + n + j]
                    + a2 * b[bStart + 2 * n + j]
                    + a3 * b[bStart + 3 * n + j];
        }
    }

    private static void addStep(double factor, double[] b, int bRow, double[] c, int cRow, int n) {
        for (int j = 0; j < n; j++) {
            c[cRow + j] += factor * b[bRow + j];
        }
    }
}
