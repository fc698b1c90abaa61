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

    /** {@code (p − t)²} of each element, reduced; a mean divides by the number of elements. For {@code [3, 5]} and a target of {@code [1, 4]} it is 2.5. */
    @Override
    public Tensor forward(Tensor prediction, Tensor target) {
        Checks.sameShape("mse", prediction, target);
        // region Task 5.2: mean squared error
        Tensor difference = prediction.sub(target);
        return reduction.apply(difference.square(), prediction.size());
        // endregion
    }

    /** {@code 2(p − t)}, divided by the number of elements for a mean. For {@code [3, 5]} and a target of {@code [1, 4]} it is {@code [2, 1]}. */
    @Override
    public Tensor gradient(Tensor prediction, Tensor target) {
        Checks.sameShape("mse", prediction, target);
        Tensor p = prediction.detach();
        Tensor t = target.detach();
        // region Task 5.3: gradient of the mean squared error
        Tensor gradientOfSum = p.sub(t).mul(2);
        return reduction.applyToGradient(gradientOfSum, p.size());
        // endregion
    }
}
