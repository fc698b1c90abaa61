package org.tinytorch.acceleration;

import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

/** Computes matrix products in one way or another, and leaves everything else, and products too small to be worth it, to the plain loops. */
abstract class MatMulBackend implements Backend {
    /** The product of the two inputs' sizes below which the loops are done before anything is laid out for them: that of two 8 by 8 matrices. */
    private static final long SMALL = 64 * 64;

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
        return op instanceof MatMul product && worthIt(inputs[0], inputs[1])
                ? gemm().multiply(product, inputs[0], inputs[1])
                : op.forward(inputs);
    }

    /** A rough measure, because shapes are checked, and errors raised, by whoever multiplies. */
    private static boolean worthIt(Tensor a, Tensor b) {
        return (long) a.size() * b.size() >= SMALL;
    }
}
