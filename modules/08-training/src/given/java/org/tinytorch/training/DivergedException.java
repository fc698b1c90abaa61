// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/DivergedException.java. Read it, don't edit it.
package org.tinytorch.training;

import java.util.Optional;

/** Training was stopped because a loss or a gradient is NaN or infinite. The parameters are those from before the step. */
public final class DivergedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final int epoch;
    private final long step;
    private final transient Optional<String> layer;

    DivergedException(String what, int epoch, long step, Optional<String> layer) {
        super(
                "trainer: epoch " + epoch + ", step " + step + ": " + what
                        + "; lower the learning rate, clip the gradients or look at the data. The parameters are those from before this step");
        this.epoch = epoch;
        this.step = step;
        this.layer = layer;
    }

    /** The epoch, counted from 1. */
    public int epoch() {
        return epoch;
    }

    /** The optimiser step that was not made, counted from 1 over all epochs. */
    public long step() {
        return step;
    }

    /** The dotted path of the first layer whose output is not finite, empty for the model itself; nothing if all outputs are finite. */
    public Optional<String> layer() {
        return layer;
    }
}
