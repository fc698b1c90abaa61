package org.tinytorch.compression;

import org.tinytorch.tensor.Tensor;

/** A matrix that stores only a part of its numbers; the others are 0. */
public sealed interface SparseMatrix permits CsrMatrix, BlockSparseMatrix {
    /** The number of rows. */
    int rows();

    /** The number of columns. */
    int columns();

    /** How many numbers are stored. */
    int stored();

    /** The memory that it takes. */
    long bytes();

    /**
     * The product with a dense matrix. What is not stored is not multiplied, so that a NaN or infinity in the other matrix that meets only zeros does not show.
     *
     * @param dense {@code (columns, n)}
     * @return {@code (rows, n)}, dense
     * @throws IllegalArgumentException if the shapes do not fit
     */
    Tensor multiply(Tensor dense);

    /** With all its zeros. */
    Tensor toDense();

    /** How many numbers are stored for each number of the matrix; 0 for an empty one. */
    default double density() {
        double all = (double) rows() * columns();
        return all == 0 ? 0 : stored() / all;
    }
}
