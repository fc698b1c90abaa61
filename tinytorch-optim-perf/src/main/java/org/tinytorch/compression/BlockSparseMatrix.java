package org.tinytorch.compression;

import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * A matrix that stores blocks of eight rows and one column, all but those that are 0 throughout. Eight numbers that lie together fill a vector, and are multiplied with the same number of the other
 * matrix; and one column index serves eight numbers, which take 68 bytes instead of the 96 of a {@link CsrMatrix}. A matrix whose zeros are scattered gains nothing: nearly every block holds
 * some number. Prune with {@link MagnitudePruner#inBlocks}.
 *
 * <p>Where the rows cannot be divided by eight, zeros are added below.
 */
public final class BlockSparseMatrix implements SparseMatrix {
    /** The rows of a block. */
    public static final int HEIGHT = 8;

    private final int rows;
    private final int columns;
    private final int[] starts;
    private final int[] columnIndices;
    private final double[] values;

    private BlockSparseMatrix(int rows, int columns, int[] starts, int[] columnIndices, double[] values) {
        this.rows = rows;
        this.columns = columns;
        this.starts = starts;
        this.columnIndices = columnIndices;
        this.values = values;
    }

    /**
     * The blocks of a matrix that are not 0 throughout.
     *
     * @param dense {@code (rows, columns)}
     * @throws IllegalArgumentException if it is no matrix, or a number is NaN or infinite
     */
    public static BlockSparseMatrix of(Tensor dense) {
        SparseChecks.weight(dense);
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
            for (int column = 0; column < columns; column++) {
                if (!isZero(dense, b, column)) {
                    for (int r = 0; r < height(b); r++) {
                        values[block * HEIGHT + r] = dense.data()[(b * HEIGHT + r) * columns + column];
                    }
                    columnIndices[block++] = column;
                }
            }
        }
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    /** The numbers of all blocks, zeros among them included. */
    @Override
    public int stored() {
        return values.length;
    }

    @Override
    public long bytes() {
        return 4L * starts.length + 4L * columnIndices.length + 8L * values.length;
    }

    /** How many rows of blocks there are. */
    int blockRows() {
        return starts.length - 1;
    }

    /** How many rows of the matrix a row of blocks covers: eight, or at the end fewer. */
    int height(int blockRow) {
        return Math.min(HEIGHT, rows - blockRow * HEIGHT);
    }

    /** The first block of a row of blocks; those of the last row end where one more would begin. */
    int start(int blockRow) {
        return starts[blockRow];
    }

    /** The column of each block; for reading. */
    int[] columnIndices() {
        return columnIndices;
    }

    /** The numbers, eight for each block; for reading. */
    double[] values() {
        return values;
    }

    @Override
    public Tensor multiply(Tensor dense) {
        SparseChecks.factor(this, dense);
        int n = dense.dim(1);
        double[] out = new double[Shape.of(rows, n).size()];
        for (int b = 0; b < blockRows(); b++) {
            for (int block = starts[b]; block < starts[b + 1]; block++) {
                for (int r = 0; r < height(b); r++) {
                    double value = values[block * HEIGHT + r];
                    for (int j = 0; j < n; j++) {
                        out[(b * HEIGHT + r) * n + j] += value * dense.data()[columnIndices[block] * n + j];
                    }
                }
            }
        }
        return Tensors.of(out, rows, n);
    }

    @Override
    public Tensor toDense() {
        Tensor dense = Tensors.zeros(rows, columns);
        for (int b = 0; b < blockRows(); b++) {
            for (int block = starts[b]; block < starts[b + 1]; block++) {
                for (int r = 0; r < height(b); r++) {
                    dense.set(values[block * HEIGHT + r], b * HEIGHT + r, columnIndices[block]);
                }
            }
        }
        return dense;
    }

    /** The size and how full it is. */
    @Override
    public String toString() {
        return SparseChecks.describe(this);
    }
}
