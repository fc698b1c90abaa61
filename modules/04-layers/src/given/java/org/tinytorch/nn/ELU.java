// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/nn/ELU.java. Read it, don't edit it.
package org.tinytorch.nn;

import org.tinytorch.activation.Activations;
import org.tinytorch.tensor.Tensor;

/** The layer form of {@link org.tinytorch.activation.Elu}; {@code torch.nn.ELU}. Keeps the shape. */
public final class ELU extends Layer {
    private final double alpha;

    /** With an alpha of 1. */
    public ELU() {
        this(1);
    }

    /** @param alpha how far it goes below 0, finite */
    public ELU(double alpha) {
        // The record checks the value.
        this.alpha = new org.tinytorch.activation.Elu(alpha).alpha();
    }

    /** How far it goes below 0. */
    public double alpha() {
        return alpha;
    }

    @Override
    protected Tensor compute(Tensor x) {
        return Activations.elu(x, alpha);
    }

    @Override
    protected String options() {
        return "alpha=" + alpha;
    }
}
