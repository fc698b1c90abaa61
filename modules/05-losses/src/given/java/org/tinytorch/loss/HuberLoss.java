// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/loss/HuberLoss.java. Read it, don't edit it.
package org.tinytorch.loss;

import org.tinytorch.tensor.Tensor;

/**
 * Squared near 0 and linear far out, so that outliers do not dominate (Huber, 1964): with {@code a = |p − t|} it is {@code a²/2} up to delta and
 * {@code δ(a − δ/2)} beyond; {@code torch.nn.HuberLoss}. Prediction and target have one shape, any.
 *
 * @param delta where it turns linear, positive and finite
 * @param reduction how the losses of the elements become one
 */
public record HuberLoss(double delta, Reduction reduction) implements Loss {
    /** @throws IllegalArgumentException if delta is not positive and finite */
    public HuberLoss {
        Checks.positive("huber", "delta", delta);
    }

    /** The mean over all elements, with a delta of 1. */
    public HuberLoss() {
        this(1);
    }

    /** The mean over all elements. */
    public HuberLoss(double delta) {
        this(delta, Reduction.MEAN);
    }

    /** The same loss, reduced in another way. */
    public HuberLoss reduction(Reduction other) {
        return new HuberLoss(delta, other);
    }

    /** With {@code q = min(a, δ)} both branches are {@code q(a − q/2)}. */
    @Override
    public Tensor forward(Tensor prediction, Tensor target) {
        Checks.sameShape("huber", prediction, target);
        Tensor a = prediction.sub(target).abs();
        Tensor q = a.clamp(0, delta);
        return reduction.apply(q.mul(a.sub(q.mul(0.5))), prediction.size());
    }

    /** {@code p − t}, cut off at {@code ± δ}; divided by the number of elements for a mean. */
    @Override
    public Tensor gradient(Tensor prediction, Tensor target) {
        Checks.sameShape("huber", prediction, target);
        Tensor slope = prediction.detach().sub(target.detach()).clamp(-delta, delta);
        return reduction.applyToGradient(slope, prediction.size());
    }
}
