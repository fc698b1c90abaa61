package org.tinytorch.acceleration;

import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

/** Computes matrix products in one way or another, and leaves everything else, and products too small to be worth it, to the plain loops. */
abstract class MatMulBackend implements Backend {
    /** Multiply-adds below which the loops are done before anything is laid out for them. */
    private static final int SMALL = 500;

    private final String name;

    MatMulBackend(String name) {
        this.name = name;
    }

    /** How; asked for at the first product, so that a backend that is only listed costs nothing. */
    abstract Gemm gemm();

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Tensor compute(Operation op, Tensor... inputs) {
        return op instanceof MatMul product && worthIt(product, inputs[0], inputs[1])
                ? gemm().multiply(product, inputs[0], inputs[1])
                : op.forward(inputs);
    }

    private static boolean worthIt(MatMul product, Tensor a, Tensor b) {
        MatMul.Sizes sizes = product.sizes(a.shape(), b.shape());
        return (long) sizes.m() * sizes.k() * sizes.n() >= SMALL;
    }
}
