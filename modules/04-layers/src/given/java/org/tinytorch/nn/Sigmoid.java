// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/nn/Sigmoid.java. Read it, don't edit it.
package org.tinytorch.nn;

import org.tinytorch.activation.Activations;
import org.tinytorch.tensor.Tensor;

/** The layer form of {@link org.tinytorch.activation.Sigmoid}; {@code torch.nn.Sigmoid}. Keeps the shape. */
public final class Sigmoid extends Layer {
    @Override
    protected Tensor compute(Tensor x) {
        return Activations.sigmoid(x);
    }
}
