package org.tinytorch.compression;

import java.util.Arrays;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * A matrix that stores only what is not 0, row by row ("compressed sparse rows"), like {@code torch.sparse_csr}. Each number takes 12 bytes instead of 8, so that it saves memory if less than two thirds
 * of a matrix are other than 0.
 *
 * <pre>{@code
 * [0, 5, 0]    row starts  0, 1, 1, 3       row i holds the numbers from rowStarts[i] up to, but not including, rowStarts[i + 1]
 * [0, 0, 0]    columns     1, 0, 2
 * [7, 0, 8]    values      5, 7, 8
 * }</pre>
 */
public final class CsrMatrix extends SparseMatrix {
    private CsrMatrix(int columns, int[] rowStarts, int[] columnIndices, double[] values) {
        super(rowStarts.length - 1, columns, rowStarts, columnIndices, values);
    }

    /**
     * The numbers of a matrix that are not 0.
     *
     * @param dense {@code (rows, columns)}
     * @throws IllegalArgumentException if it is no matrix, or a number is NaN or infinite
     */
    public static CsrMatrix of(Tensor dense) {
        checkWeight(dense);
        int rows = dense.dim(0);
        int columns = dense.dim(1);
        // region Task 18.5: only what is not 0
        int stored =
                (int) Arrays.stream(dense.data()).filter(value -> value != 0).count();
        int[] rowStarts = new int[rows + 1];
        int[] columnIndices = new int[stored];
        double[] values = new double[stored];
        int next = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double value = dense.data()[i * columns + j];
                if (value != 0) {
                    columnIndices[next] = j;
                    values[next++] = value;
                }
            }
            rowStarts[i + 1] = next;
        }
        return new CsrMatrix(columns, rowStarts, columnIndices, values);
        // endregion
    }

    /** Where the numbers of a row begin; those of the last row end at {@link #stored()}, which is also the start of the row after it. */
    int rowStart(int row) {
        return start(row);
    }

    /**
     * {@code outᵢⱼ = Σₚ valueₚ · b[columnₚ][j]}, over the numbers p of row i. For the matrix above and the column {@code [1, 2, 3]} it is {@code [10, 0, 31]}.
     *
     * @param b row by row, n numbers in each
     * @param out all 0, row by row; to be filled
     */
    @Override
    void multiply(double[] b, int n, double[] out) {
        int[] columns = columnIndices();
        double[] values = values();
        // region Task 18.6: a product that skips the zeros
        for (int i = 0; i < rows(); i++) {
            for (int p = rowStart(i); p < rowStart(i + 1); p++) {
                int rowOfB = columns[p] * n;
                for (int j = 0; j < n; j++) {
                    out[i * n + j] += values[p] * b[rowOfB + j];
                }
            }
        }
        // endregion
    }

    @Override
    public Tensor toDense() {
        Tensor dense = Tensors.zeros(rows(), columns());
        for (int i = 0; i < rows(); i++) {
            for (int p = rowStart(i); p < rowStart(i + 1); p++) {
                dense.set(values()[p], i, columnIndices()[p]);
            }
        }
        return dense;
    }
}
