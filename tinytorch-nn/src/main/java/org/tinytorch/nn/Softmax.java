package org.tinytorch.nn;

import org.tinytorch.activation.Activations;
import org.tinytorch.tensor.Tensor;

/** The layer form of {@link org.tinytorch.activation.Softmax}; {@code torch.nn.Softmax}. Keeps the shape. */
public final class Softmax extends Layer {
    private final int axis;

    /** @param axis the axis whose elements become probabilities that sum to 1; a negative one counts from the end */
    public Softmax(int axis) {
        this.axis = axis;
    }

    /** The axis whose elements become probabilities; a negative one counts from the end. */
    public int axis() {
        return axis;
    }

    @Override
    protected Tensor compute(Tensor x) {
        return Activations.softmax(x, axis);
    }

    @Override
    protected String options() {
        return "axis=" + axis;
    }
}
