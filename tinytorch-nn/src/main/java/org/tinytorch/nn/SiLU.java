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
