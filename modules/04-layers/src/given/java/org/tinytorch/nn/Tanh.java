// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/nn/Tanh.java. Read it, don't edit it.
package org.tinytorch.nn;

import org.tinytorch.activation.Activations;
import org.tinytorch.tensor.Tensor;

/** The layer form of {@link org.tinytorch.activation.Tanh}; {@code torch.nn.Tanh}. Keeps the shape. */
public final class Tanh extends Layer {
    @Override
    protected Tensor compute(Tensor x) {
        return Activations.tanh(x);
    }
}
