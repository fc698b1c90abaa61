// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/nn/SiLU.java. Read it, don't edit it.
package org.tinytorch.nn;

import org.tinytorch.activation.Activations;
import org.tinytorch.tensor.Tensor;

/** The layer form of {@link org.tinytorch.activation.Silu}; {@code torch.nn.SiLU}. Keeps the shape. */
public final class SiLU extends Layer {
    @Override
    protected Tensor compute(Tensor x) {
        return Activations.silu(x);
    }
}
