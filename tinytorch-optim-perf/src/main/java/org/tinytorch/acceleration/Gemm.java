package org.tinytorch.acceleration;

import org.tinytorch.tensor.IndexWalk;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** A way to compute {@code C += A·B}, after the routine of that name in BLAS (general matrix-matrix multiplication). */
interface Gemm {
    /**
     * Adds a product of two matrices.
     *
     * @param a m rows, k columns
     * @param b k rows, n columns
     * @param c m rows, n columns, stored row by row
     */
    void addProduct(int m, int k, int n, Matrix a, Matrix b, Matrix c);

    /** The whole operation: every pair of matrices in two stacks that broadcast. */
    default Tensor multiply(MatMul product, Tensor a, Tensor b) {
        MatMul.Sizes sizes = product.sizes(a.shape(), b.shape());
        int m = sizes.m();
        int k = sizes.k();
        int n = sizes.n();
        double[] out = new double[sizes.result().size()];
        IndexWalk batch = new IndexWalk(sizes.batch(), sizes.batchStridesA(), sizes.batchStridesB());
        for (int matrix = 0; matrix < sizes.batch().size(); matrix++) {
            Matrix left = Matrix.of(a.data(), batch.position(0) * m * k, m, k, product.transposeA());
            Matrix right = Matrix.of(b.data(), batch.position(1) * k * n, k, n, product.transposeB());
            addProduct(m, k, n, left, right, new Matrix(out, matrix * m * n, n, 1));
            batch.next();
        }
        return Tensors.of(out, sizes.result());
    }
}
