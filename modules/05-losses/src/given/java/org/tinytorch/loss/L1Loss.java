// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/loss/L1Loss.java. Read it, don't edit it.
package org.tinytorch.loss;

import org.tinytorch.tensor.Tensor;

/**
 * The mean absolute error, {@code |p − t|}; {@code torch.nn.L1Loss}. Prediction and target have one shape, any.
 *
 * @param reduction how the losses of the elements become one
 */
public record L1Loss(Reduction reduction) implements Loss {
    /** The mean over all elements. */
    public L1Loss() {
        this(Reduction.MEAN);
    }

    /** The same loss, reduced in another way. */
    public L1Loss reduction(Reduction other) {
        return new L1Loss(other);
    }

    @Override
    public Tensor forward(Tensor prediction, Tensor target) {
        Checks.sameShape("l1", prediction, target);
        return reduction.apply(prediction.sub(target).abs(), prediction.size());
    }

    /** {@code sign(p − t)}, 0 where they are equal; divided by the number of elements for a mean. */
    @Override
    public Tensor gradient(Tensor prediction, Tensor target) {
        Checks.sameShape("l1", prediction, target);
        Tensor sign = prediction.detach().sub(target.detach()).sign();
        return reduction.applyToGradient(sign, prediction.size());
    }
}
