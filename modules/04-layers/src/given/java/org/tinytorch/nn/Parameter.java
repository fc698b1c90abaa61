// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/nn/Parameter.java. Read it, don't edit it.
package org.tinytorch.nn;

import org.tinytorch.tensor.Tensor;

/** A tensor that learns: a leaf that asks for its gradient, like {@code torch.nn.Parameter}. An optimiser writes into it, in place. */
public final class Parameter extends Tensor {
    /** A parameter over the numbers of a tensor, which it shares. */
    public Parameter(Tensor values) {
        super(values);
        requiresGrad(true);
    }
}
