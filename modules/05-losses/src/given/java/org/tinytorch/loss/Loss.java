// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/loss/Loss.java. Read it, don't edit it.
package org.tinytorch.loss;

import org.tinytorch.tensor.Tensor;

/** Compares a prediction with what it should have been. Losses are immutable; their options return a changed copy. */
public interface Loss {
    /**
     * How wrong the prediction is.
     *
     * @return a scalar, or with {@link Reduction#NONE} one loss per element or sample
     * @throws IllegalArgumentException if the shapes do not fit, the batch is empty or the target holds an impossible value
     */
    Tensor forward(Tensor prediction, Tensor target);

    /**
     * The gradient of the loss with respect to the prediction, worked out by hand; of the prediction's shape, not recorded. With
     * {@link Reduction#NONE} it is that of the sum, as if {@link #forward}'s result had been sent backward with a seed of ones.
     *
     * @throws IllegalArgumentException as {@link #forward} does
     */
    Tensor gradient(Tensor prediction, Tensor target);
}
