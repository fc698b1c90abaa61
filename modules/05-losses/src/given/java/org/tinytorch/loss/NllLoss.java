// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/loss/NllLoss.java. Read it, don't edit it.
package org.tinytorch.loss;

import java.util.Optional;
import java.util.OptionalInt;
import org.tinytorch.tensor.Tensor;

/**
 * The negative log-likelihood {@code −log p(label)}; {@code torch.nn.NLLLoss}. The prediction holds logarithms of probabilities {@code (N, C, d₁, …)}, as
 * {@code LogSoftmax(1)} gives them, the target class labels {@code (N, d₁, …)}: integers from 0 to C − 1.
 *
 * <p>The mean is weighted, {@code Σ wᵢ·lossᵢ / Σ wᵢ}, where wᵢ is the weight of sample i's class; if every sample is ignored or weighs 0, it is NaN, as in
 * PyTorch.
 *
 * @param classWeights how much each class counts, {@code (C,)}; 1 if empty
 * @param ignoreIndex a label that marks samples to leave out; none if empty (PyTorch's default is −100)
 * @param reduction how the losses of the samples become one
 */
public record NllLoss(Optional<Tensor> classWeights, OptionalInt ignoreIndex, Reduction reduction) implements Loss {
    /** @throws IllegalArgumentException if the weights are not a vector, or one is negative or not finite */
    public NllLoss {
        new ClassWeights(classWeights);
    }

    /** The mean over all samples. */
    public NllLoss() {
        this(Optional.empty(), OptionalInt.empty(), Reduction.MEAN);
    }

    /** The same loss, reduced in another way. */
    public NllLoss reduction(Reduction other) {
        return new NllLoss(classWeights, ignoreIndex, other);
    }

    /** The same loss with a weight for each class, {@code (C,)}. */
    public NllLoss classWeights(Tensor weights) {
        return new NllLoss(Optional.of(weights.copy()), ignoreIndex, reduction);
    }

    /** The same loss without the samples that have this label. */
    public NllLoss ignoreIndex(int label) {
        return new NllLoss(classWeights, OptionalInt.of(label), reduction);
    }

    @Override
    public Tensor forward(Tensor prediction, Tensor target) {
        ClassLabels labels = labels(prediction, target);
        return reduction.apply(labels.negativeLogLikelihood(prediction), labels.total());
    }

    /** {@code −w} at each label and 0 elsewhere; divided by the sum of the weights for a mean. */
    @Override
    public Tensor gradient(Tensor prediction, Tensor target) {
        ClassLabels labels = labels(prediction, target);
        return reduction.applyToGradient(labels.weightedOneHot().neg(), labels.total());
    }

    private ClassLabels labels(Tensor prediction, Tensor target) {
        return ClassLabels.of("nll", prediction, target, new ClassWeights(classWeights), ignoreIndex);
    }
}
