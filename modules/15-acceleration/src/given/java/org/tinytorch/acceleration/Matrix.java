// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/Matrix.java. Read it, don't edit it.
package org.tinytorch.acceleration;

/**
 * A matrix that lies somewhere in an array: element {@code (i, j)} is at {@code start + i · rowStride + j · columnStride}. Reading it as transposed only
 * exchanges the strides.
 */
@SuppressWarnings("ArrayRecordComponent") // a view of somebody's array, never compared
record Matrix(double[] data, int start, int rowStride, int columnStride) {
    /** A matrix of {@code rows} rows and {@code columns} columns, stored row by row, or if {@code transposed} column by column. */
    static Matrix of(double[] data, int start, int rows, int columns, boolean transposed) {
        return transposed ? new Matrix(data, start, 1, rows) : new Matrix(data, start, columns, 1);
    }

    /** Where element {@code (row, column)} lies. */
    int at(int row, int column) {
        return start + row * rowStride + column * columnStride;
    }

    /** The matrix without its first rows and columns. */
    Matrix from(int row, int column) {
        return new Matrix(data, at(row, column), rowStride, columnStride);
    }

    /** The same numbers with rows and columns exchanged. */
    Matrix transposed() {
        return new Matrix(data, start, columnStride, rowStride);
    }
}
