// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/loss/MseLoss.java. Read it, don't edit it.
package org.tinytorch.loss;

import org.tinytorch.tensor.Tensor;

/**
 * The mean squared error, {@code (p − t)²}; {@code torch.nn.MSELoss}. Prediction and target have one shape, any.
 *
 * @param reduction how the losses of the elements become one
 */
public record MseLoss(Reduction reduction) implements Loss {
    /** The mean over all elements. */
    public MseLoss() {
        this(Reduction.MEAN);
    }

    /** The same loss, reduced in another way. */
    public MseLoss reduction(Reduction other) {
        return new MseLoss(other);
    }

    @Override
    public Tensor forward(Tensor prediction, Tensor target) {
        Checks.sameShape("mse", prediction, target);
        return reduction.apply(prediction.sub(target).square(), prediction.size());
    }

    /** {@code 2(p − t)}, divided by the number of elements for a mean. */
    @Override
    public Tensor gradient(Tensor prediction, Tensor target) {
        Checks.sameShape("mse", prediction, target);
        Tensor difference = prediction.detach().sub(target.detach());
        return reduction.applyToGradient(difference.mul(2), prediction.size());
    }
}
