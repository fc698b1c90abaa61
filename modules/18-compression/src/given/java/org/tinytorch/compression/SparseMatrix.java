// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/SparseMatrix.java. Read it, don't edit it.
package org.tinytorch.compression;

import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** A matrix that stores only a part of its numbers; the others are 0. */
public abstract sealed class SparseMatrix permits CsrMatrix, BlockSparseMatrix {
    private final int rows;
    private final int columns;
    private final int[] starts;
    private final int[] columnIndices;
    private final double[] values;

    /**
     * @param starts where the columns of each row, or row of blocks, begin; and at last their number
     * @param columnIndices row by row
     * @param values in the same order, one or a whole block for each column index
     */
    SparseMatrix(int rows, int columns, int[] starts, int[] columnIndices, double[] values) {
        this.rows = rows;
        this.columns = columns;
        this.starts = starts;
        this.columnIndices = columnIndices;
        this.values = values;
    }

    /** @throws IllegalArgumentException if it is no matrix, or a number is NaN or infinite */
    static void checkWeight(Tensor dense) {
        if (dense.rank() != 2) {
            throw new IllegalArgumentException(
                    "sparse: a tensor of shape " + dense.shape() + " is not a matrix; reshape it to (rows, columns)");
        }
        PrunableWeights.checkFinite("sparse", "weight", dense);
    }

    /** The number of rows. */
    public final int rows() {
        return rows;
    }

    /** The number of columns. */
    public final int columns() {
        return columns;
    }

    /** How many numbers are stored; in blocks, zeros among them included. */
    public final int stored() {
        return values.length;
    }

    /** How many numbers are stored for each number of the matrix; 0 for an empty one. */
    public final double density() {
        double all = (double) rows * columns;
        return all == 0 ? 0 : stored() / all;
    }

    /** The density for reading, with three places. */
    final double roundedDensity() {
        return Math.round(density() * 1000) / 1000.0;
    }

    /** The memory that it takes: 4 bytes for an index, 8 for a number. */
    public final long bytes() {
        return 4L * starts.length + 4L * columnIndices.length + 8L * values.length;
    }

    /** Where the columns of a row, or row of blocks, begin; those of the last one end where one more would begin. */
    final int start(int row) {
        return starts[row];
    }

    /** The columns; for reading. */
    final int[] columnIndices() {
        return columnIndices;
    }

    /** The numbers; for reading. */
    final double[] values() {
        return values;
    }

    /**
     * The product with a dense matrix. What is not stored is not multiplied, so that a NaN or infinity in the other matrix that meets only zeros does not show.
     *
     * @param dense {@code (columns, n)}
     * @return {@code (rows, n)}, dense
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public final Tensor multiply(Tensor dense) {
        if (dense.rank() != 2 || dense.dim(0) != columns) {
            throw new IllegalArgumentException("sparse: a matrix of " + rows + " x " + columns
                    + " cannot be multiplied by " + dense.shape() + "; it needs (" + columns + ", n)");
        }
        int n = dense.dim(1);
        double[] out = new double[Shape.of(rows, n).size()];
        multiply(dense.data(), n, out);
        return Tensors.of(out, rows, n);
    }

    /**
     * The product by plain loops.
     *
     * @param b row by row, n numbers in each
     * @param out all 0, row by row; to be filled
     */
    abstract void multiply(double[] b, int n, double[] out);

    /** With all its zeros. */
    public abstract Tensor toDense();

    /** The size and how full it is: {@code CsrMatrix(512 x 256, density=0.1)}. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + "(" + rows + " x " + columns + ", density=" + roundedDensity() + ")";
    }
}
