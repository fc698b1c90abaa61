// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/nn/LeakyReLU.java. Read it, don't edit it.
package org.tinytorch.nn;

import org.tinytorch.activation.Activations;
import org.tinytorch.tensor.Tensor;

/** The layer form of {@link org.tinytorch.activation.LeakyRelu}; {@code torch.nn.LeakyReLU}. Keeps the shape. */
public final class LeakyReLU extends Layer {
    private final double slope;

    /** With a slope of 0.01 below 0. */
    public LeakyReLU() {
        this(0.01);
    }

    /** @param slope the slope below 0, finite */
    public LeakyReLU(double slope) {
        // The record checks the value.
        this.slope = new org.tinytorch.activation.LeakyRelu(slope).slope();
    }

    /** The slope below 0. */
    public double slope() {
        return slope;
    }

    @Override
    protected Tensor compute(Tensor x) {
        return Activations.leakyRelu(x, slope);
    }

    @Override
    protected String options() {
        return "slope=" + slope;
    }
}
