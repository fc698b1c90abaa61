// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/BlockSparseMatrix.java. Read it, don't edit it.
package org.tinytorch.compression;

import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * A matrix that stores blocks of eight rows and one column, all but those that are 0 throughout. Eight numbers that lie together fill a vector, and are multiplied with the same number of the other
 * matrix; and one column index serves eight numbers, which take 68 bytes instead of the 96 of a {@link CsrMatrix}. A matrix whose zeros are scattered gains nothing: nearly every block holds
 * some number. Prune with {@link MagnitudePruner#inBlocks}.
 *
 * <p>Where the rows cannot be divided by eight, zeros are added below.
 */
public final class BlockSparseMatrix extends SparseMatrix {
    /** The rows of a block. */
    public static final int HEIGHT = 8;

    private BlockSparseMatrix(int rows, int columns, int[] starts, int[] columnIndices, double[] values) {
        super(rows, columns, starts, columnIndices, values);
    }

    /**
     * The blocks of a matrix that are not 0 throughout.
     *
     * @param dense {@code (rows, columns)}
     * @throws IllegalArgumentException if it is no matrix, or a number is NaN or infinite
     */
    public static BlockSparseMatrix of(Tensor dense) {
        checkWeight(dense);
        int rows = dense.dim(0);
        int columns = dense.dim(1);
        int[] starts = new int[(rows + HEIGHT - 1) / HEIGHT + 1];
        for (int b = 0; b + 1 < starts.length; b++) {
            starts[b + 1] = starts[b];
            for (int column = 0; column < columns; column++) {
                starts[b + 1] += isZero(dense, b, column) ? 0 : 1;
            }
        }
        int blocks = starts[starts.length - 1];
        BlockSparseMatrix matrix =
                new BlockSparseMatrix(rows, columns, starts, new int[blocks], new double[blocks * HEIGHT]);
        matrix.fill(dense);
        return matrix;
    }

    private static boolean isZero(Tensor dense, int blockRow, int column) {
        int to = Math.min(dense.dim(0), (blockRow + 1) * HEIGHT);
        for (int row = blockRow * HEIGHT; row < to; row++) {
            if (dense.data()[row * dense.dim(1) + column] != 0) {
                return false;
            }
        }
        return true;
    }

    private void fill(Tensor dense) {
        int block = 0;
        for (int b = 0; b < blockRows(); b++) {
            for (int column = 0; column < columns(); column++) {
                if (!isZero(dense, b, column)) {
                    for (int r = 0; r < height(b); r++) {
                        values()[block * HEIGHT + r] = dense.data()[(b * HEIGHT + r) * columns() + column];
                    }
                    columnIndices()[block++] = column;
                }
            }
        }
    }

    /** How many rows of blocks there are. */
    int blockRows() {
        return (rows() + HEIGHT - 1) / HEIGHT;
    }

    /** How many rows of the matrix a row of blocks covers: eight, or at the end fewer. */
    int height(int blockRow) {
        return Math.min(HEIGHT, rows() - blockRow * HEIGHT);
    }

    @Override
    void multiply(double[] other, int n, double[] out) {
        for (int b = 0; b < blockRows(); b++) {
            for (int block = start(b); block < start(b + 1); block++) {
                int rowOfOther = columnIndices()[block] * n;
                for (int r = 0; r < height(b); r++) {
                    double value = values()[block * HEIGHT + r];
                    for (int j = 0; j < n; j++) {
                        out[(b * HEIGHT + r) * n + j] += value * other[rowOfOther + j];
                    }
                }
            }
        }
    }

    @Override
    public Tensor toDense() {
        Tensor dense = Tensors.zeros(rows(), columns());
        for (int b = 0; b < blockRows(); b++) {
            for (int block = start(b); block < start(b + 1); block++) {
                for (int r = 0; r < height(b); r++) {
                    dense.set(values()[block * HEIGHT + r], b * HEIGHT + r, columnIndices()[block]);
                }
            }
        }
        return dense;
    }
}
