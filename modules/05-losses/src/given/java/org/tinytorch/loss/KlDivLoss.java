// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/loss/KlDivLoss.java. Read it, don't edit it.
package org.tinytorch.loss;

import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * The Kullback-Leibler divergence of a predicted distribution from the target's, {@code t(log t − p)} with 0 where {@code t = 0};
 * {@code torch.nn.KLDivLoss}. The prediction holds logarithms of probabilities, as {@code LogSoftmax} gives them, the target probabilities; both have
 * one shape, any.
 *
 * @param batchMean whether a mean divides by the size of the first axis only (the divergence per sample, which is what the mathematics means)
 *     instead of the number of elements
 * @param reduction how the losses of the elements become one
 */
public record KlDivLoss(boolean batchMean, Reduction reduction) implements Loss {
    /** The mean over all elements, PyTorch's default; {@link #perSample()} is usually wanted. */
    public KlDivLoss() {
        this(false, Reduction.MEAN);
    }

    /** The same loss, reduced in another way, by the number of elements. */
    public KlDivLoss reduction(Reduction other) {
        return new KlDivLoss(false, other);
    }

    /** The same loss, summed over each sample and averaged over the first axis; PyTorch's {@code reduction='batchmean'}. */
    public KlDivLoss perSample() {
        return new KlDivLoss(true, Reduction.MEAN);
    }

    @Override
    public Tensor forward(Tensor prediction, Tensor target) {
        check(prediction, target);
        Tensor possible = target.detach().gt(0);
        // Where t = 0 a harmless number stands in, because 0 · ∞ would be NaN.
        Tensor logTarget = Tensors.where(possible, target, Tensors.scalar(1)).log();
        Tensor logPrediction = Tensors.where(possible, prediction, Tensors.scalar(0));
        return reduction.apply(target.mul(logTarget.sub(logPrediction)), total(prediction));
    }

    /** {@code −t}, divided as the mean is. */
    @Override
    public Tensor gradient(Tensor prediction, Tensor target) {
        check(prediction, target);
        return reduction.applyToGradient(target.detach().neg(), total(prediction));
    }

    private double total(Tensor prediction) {
        return batchMean ? prediction.dim(0) : prediction.size();
    }

    private void check(Tensor prediction, Tensor target) {
        Checks.sameShape("klDiv", prediction, target);
        Checks.targets("klDiv", target, t -> t >= 0 && t < Double.POSITIVE_INFINITY, "probabilities, not negative");
        if (batchMean && prediction.rank() == 0) {
            throw new IllegalArgumentException(
                    "klDiv: a scalar has no batch axis to average over; use reduction(MEAN)");
        }
    }
}
