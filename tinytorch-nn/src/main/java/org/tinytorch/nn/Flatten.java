package org.tinytorch.nn;

import org.tinytorch.tensor.Tensor;

/** Merges all axes from one on into a single one, like {@code torch.nn.Flatten}: {@code (N, C, H, W) → (N, C·H·W)}. */
public final class Flatten extends Layer {
    private final int startAxis;

    /** Keeps the batch axis and merges the rest. */
    public Flatten() {
        this(1);
    }

    /** Merges from an axis on; a negative one counts from the end. */
    public Flatten(int startAxis) {
        this.startAxis = startAxis;
    }

    /** The first of the axes that are merged; a negative one counts from the end. */
    public int startAxis() {
        return startAxis;
    }

    @Override
    protected Tensor compute(Tensor x) {
        return x.flatten(startAxis);
    }

    @Override
    protected String options() {
        return "startAxis=" + startAxis;
    }
}
