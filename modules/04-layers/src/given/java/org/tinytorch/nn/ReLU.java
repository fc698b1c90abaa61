// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/nn/ReLU.java. Read it, don't edit it.
package org.tinytorch.nn;

import org.tinytorch.activation.Activations;
import org.tinytorch.tensor.Tensor;

/** The layer form of {@link org.tinytorch.activation.Relu}; {@code torch.nn.ReLU}. Keeps the shape. */
public final class ReLU extends Layer {
    @Override
    protected Tensor compute(Tensor x) {
        return Activations.relu(x);
    }
}
