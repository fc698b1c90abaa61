package org.tinytorch.compression;

import org.tinytorch.tensor.Tensor;

/** What all sparse matrices ask of their sizes and numbers. */
final class SparseChecks {
    private SparseChecks() {}

    /** @throws IllegalArgumentException if it is no matrix, or a number is NaN or infinite */
    static void weight(Tensor dense) {
        if (dense.rank() != 2) {
            throw new IllegalArgumentException(
                    "sparse: a tensor of shape " + dense.shape() + " is not a matrix; reshape it to (rows, columns)");
        }
        for (int i = 0; i < dense.size(); i++) {
            if (!Double.isFinite(dense.data()[i])) {
                throw new IllegalArgumentException("sparse: element (" + i / dense.dim(1) + ", " + i % dense.dim(1)
                        + ") is " + dense.data()[i] + "; a weight must be a finite number");
            }
        }
    }

    /** @throws IllegalArgumentException if the other matrix does not have as many rows as this one has columns */
    static void factor(SparseMatrix matrix, Tensor dense) {
        if (dense.rank() != 2 || dense.dim(0) != matrix.columns()) {
            throw new IllegalArgumentException("sparse: a matrix of " + matrix.rows() + " x " + matrix.columns()
                    + " cannot be multiplied by " + dense.shape() + "; it needs (" + matrix.columns() + ", n)");
        }
    }

    /** {@code CsrMatrix(512 x 256, density=0.1)}. */
    static String describe(SparseMatrix matrix) {
        return matrix.getClass().getSimpleName() + "(" + matrix.rows() + " x " + matrix.columns() + ", density="
                + rounded(matrix.density()) + ")";
    }

    static double rounded(double density) {
        return Math.round(density * 1000) / 1000.0;
    }
}
