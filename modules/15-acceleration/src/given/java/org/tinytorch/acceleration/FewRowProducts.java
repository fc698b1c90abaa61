// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/FewRowProducts.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.Optional;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

/** Products of few rows with a transposed matrix, which is what a {@code Linear} does with a single sample or a single token. */
final class FewRowProducts implements Kernels {
    /** Multiply-adds that are worth another thread: fewer than in other products, since these wait for the memory. */
    private static final long WORTH_A_THREAD = 16_384;

    private final Gemm gemm;
    private final int smallest;

    FewRowProducts(Workers workers, int smallest) {
        this.gemm = new SplitGemm(new FewRows(), workers, WORTH_A_THREAD);
        this.smallest = smallest;
    }

    @Override
    public Optional<Tensor> compute(Operation op, Tensor... inputs) {
        if (!(op instanceof MatMul product)
                || product.transposeA()
                || !product.transposeB()
                || inputs[1].rank() != 2
                || inputs[0].rank() != 2
                || inputs[0].dim(0) > FewRows.MOST
                || (long) inputs[0].size() * inputs[1].size() < smallest) {
            return Optional.empty();
        }
        MatMul.Sizes sizes = product.sizes(inputs[0].shape(), inputs[1].shape());
        int m = sizes.m();
        int k = sizes.k();
        int n = sizes.n();
        if (m == 0 || k == 0 || n == 0) {
            return Optional.empty();
        }
        double[] out = Results.array(m * n);
        Matrix left = Matrix.of(inputs[0].data(), 0, m, k, false);
        Matrix right = Matrix.of(inputs[1].data(), 0, k, n, true);
        gemm.multiply(m, k, n, left, right, new Matrix(out, 0, n, 1), false);
        return Optional.of(Results.tensor(out, sizes.result()));
    }
}
