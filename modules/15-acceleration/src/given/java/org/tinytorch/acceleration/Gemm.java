// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/Gemm.java. Read it, don't edit it.
package org.tinytorch.acceleration;

/** A way to compute {@code C = A·B} or {@code C += A·B}, after the routine of that name in BLAS (general matrix-matrix multiplication). */
interface Gemm {
    /**
     * Multiplies two matrices.
     *
     * @param m rows of A and C, at least 1
     * @param k columns of A and rows of B, at least 1
     * @param n columns of B and C, at least 1
     * @param c stored row by row
     * @param add whether the product is added to C, or takes its place whatever was there
     */
    void multiply(int m, int k, int n, Matrix a, Matrix b, Matrix c, boolean add);

    /** How many rows it computes together: a part of a matrix of a multiple of these has whole tiles only. */
    default int tileRows() {
        return 8;
    }
}
