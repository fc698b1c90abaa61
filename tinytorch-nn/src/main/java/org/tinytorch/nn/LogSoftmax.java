package org.tinytorch.nn;

import org.tinytorch.activation.Activations;
import org.tinytorch.tensor.Tensor;

/** The layer form of {@link org.tinytorch.activation.LogSoftmax}; {@code torch.nn.LogSoftmax}. Keeps the shape. */
public final class LogSoftmax extends Layer {
    private final int axis;

    /** @param axis the axis whose elements become logarithms of probabilities; a negative one counts from the end */
    public LogSoftmax(int axis) {
        this.axis = axis;
    }

    /** The axis whose elements become logarithms of probabilities; a negative one counts from the end. */
    public int axis() {
        return axis;
    }

    @Override
    protected Tensor compute(Tensor x) {
        return Activations.logSoftmax(x, axis);
    }

    @Override
    protected String options() {
        return "axis=" + axis;
    }
}
