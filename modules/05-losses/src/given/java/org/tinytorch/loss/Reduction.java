// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/loss/Reduction.java. Read it, don't edit it.
package org.tinytorch.loss;

import org.tinytorch.tensor.Tensor;

/** How the losses of single elements become one. */
public enum Reduction {
    /** Their average. */
    MEAN,
    /** Their sum. */
    SUM,
    /** They stay apart. */
    NONE;

    /**
     * Reduces the losses.
     *
     * @param total what a mean divides the sum by: the number of losses, or the sum of their weights
     */
    Tensor apply(Tensor losses, double total) {
        return switch (this) {
            case MEAN -> losses.sum().div(total);
            case SUM -> losses.sum();
            case NONE -> losses;
        };
    }

    /** Reduces the gradient of the sum accordingly. Where there is nothing to average (the mean is NaN), the gradient is 0, as PyTorch's. */
    Tensor applyToGradient(Tensor gradientOfSum, double total) {
        return this == MEAN && total != 0 ? gradientOfSum.div(total) : gradientOfSum;
    }
}
