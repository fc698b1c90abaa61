// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/nn/Softplus.java. Read it, don't edit it.
package org.tinytorch.nn;

import org.tinytorch.activation.Activations;
import org.tinytorch.tensor.Tensor;

/** The layer form of {@link org.tinytorch.activation.Softplus}; {@code torch.nn.Softplus}. Keeps the shape. */
public final class Softplus extends Layer {
    @Override
    protected Tensor compute(Tensor x) {
        return Activations.softplus(x);
    }
}
