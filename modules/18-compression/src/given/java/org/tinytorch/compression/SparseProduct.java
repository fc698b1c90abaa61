// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/SparseProduct.java. Read it, don't edit it.
package org.tinytorch.compression;

import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/**
 * What a linear layer with a sparse weight computes, {@code x · Wᵀ}: {@code (N, columns) → (N, rows)}. No gradients flow through it.
 *
 * @param weight W
 */
public record SparseProduct(SparseMatrix weight) implements Operation {
    @Override
    public Tensor forward(Tensor... inputs) {
        check(inputs[0].shape());
        return weight.multiply(inputs[0].detach().transpose()).transpose();
    }

    /** @throws IllegalArgumentException if x does not fit the weight */
    void check(Shape x) {
        if (x.rank() != 2 || x.dim(1) != weight.columns()) {
            throw new IllegalArgumentException("sparse product: input " + x + " does not fit a weight of "
                    + weight.rows() + " x " + weight.columns() + "; it needs (N, " + weight.columns() + ")");
        }
    }

    @Override
    public boolean differentiable() {
        return false;
    }
}
