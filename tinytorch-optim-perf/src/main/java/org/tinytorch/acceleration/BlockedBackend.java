package org.tinytorch.acceleration;

import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

/** Computes matrix products block by block, one thread, no vector instructions of its own; leaves everything else to its plain loops. */
public final class BlockedBackend implements Backend {
    /** For the {@link java.util.ServiceLoader}. */
    public BlockedBackend() {}

    @Override
    public String name() {
        return "blocked";
    }

    @Override
    public Tensor compute(Operation op, Tensor... inputs) {
        return op instanceof MatMul product
                ? BlockedMatMul.multiply(product, inputs[0], inputs[1])
                : op.forward(inputs);
    }
}
