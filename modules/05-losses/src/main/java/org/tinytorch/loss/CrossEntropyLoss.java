// Yours: tasks 5.7, 5.8. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/loss/CrossEntropyLoss.java.
package org.tinytorch.loss;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.tinytorch.activation.Activations;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * The cross-entropy of logits, {@code −Σ_c q_c · log softmax(z)_c}; {@code torch.nn.CrossEntropyLoss}. The prediction holds logits z,
 * {@code (N, C, d₁, …)}. The target is either
 *
 * <ul>
 *   <li>class labels {@code (N, d₁, …)}, integers from 0 to C − 1: q is 1 at the label, or
 *   <li>probabilities of the prediction's shape: q is what they say.
 * </ul>
 *
 * <p>The mean over labels is weighted, {@code Σ lossᵢ / Σ wᵢ}, where wᵢ is the weight of sample i's label; if every sample is ignored or weighs 0, it is
 * NaN. The mean over probabilities divides by the number of samples. Both as in PyTorch.
 *
 * <pre>{@code
 * Loss loss = new CrossEntropyLoss().labelSmoothing(0.1);
 * loss.forward(model.forward(images), labels).backward(); // backward(): module 07
 * }</pre>
 *
 * @param labelSmoothing ε from 0 to 1: q becomes {@code (1 − ε)·q + ε/C} (Szegedy et al., 2016)
 * @param classWeights how much each class counts, {@code (C,)}; 1 if empty
 * @param ignoreIndex a label that marks samples to leave out; none if empty (PyTorch's default is −100). Not for probabilities
 * @param reduction how the losses of the samples become one
 */
public record CrossEntropyLoss(
        double labelSmoothing, Optional<Tensor> classWeights, OptionalInt ignoreIndex, Reduction reduction)
        implements Loss {
    /** @throws IllegalArgumentException if the smoothing is not from 0 to 1, the weights are not a vector, or one is negative or not finite */
    public CrossEntropyLoss {
        if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
            throw new IllegalArgumentException(
                    "crossEntropy: labelSmoothing " + labelSmoothing + " is not possible; use 0 to 1");
        }
        new ClassWeights(classWeights);
    }

    /** The mean over all samples. */
    public CrossEntropyLoss() {
        this(0, Optional.empty(), OptionalInt.empty(), Reduction.MEAN);
    }

    /** The same loss, reduced in another way. */
    public CrossEntropyLoss reduction(Reduction other) {
        return new CrossEntropyLoss(labelSmoothing, classWeights, ignoreIndex, other);
    }

    /** The same loss with part of each target spread evenly over all classes, from 0 (none) to 1 (all). */
    public CrossEntropyLoss labelSmoothing(double epsilon) {
        return new CrossEntropyLoss(epsilon, classWeights, ignoreIndex, reduction);
    }

    /** The same loss with a weight for each class, {@code (C,)}. */
    public CrossEntropyLoss classWeights(Tensor weights) {
        return new CrossEntropyLoss(labelSmoothing, Optional.of(weights.copy()), ignoreIndex, reduction);
    }

    /** The same loss without the samples that have this label. */
    public CrossEntropyLoss ignoreIndex(int label) {
        return new CrossEntropyLoss(labelSmoothing, classWeights, OptionalInt.of(label), reduction);
    }

    @Override
    public Tensor forward(Tensor prediction, Tensor target) {
        if (isSoft(prediction, target)) {
            Tensor q = weights().times(smooth(target));
            return ofLogits(prediction, logP -> ofDistribution(q, logP), samples(prediction));
        }
        ClassLabels labels = labels(prediction, target);
        return ofLogits(prediction, logP -> ofLabels(labels, logP), labels.total());
    }

    /**
     * The reduced loss of logits. A sample with the logits {@code 0, log 3} has the probabilities ¼ and ¾: with label 1 its loss is {@code −log ¾}. The
     * logits 1000, 0 with label 1 cost 1000.
     *
     * @param logits z, {@code (N, C, d₁, …)}
     * @param toLosses makes of {@code log softmax(z)}, which has the shape of z, the loss of each sample, {@code (N, d₁, …)}
     * @param total what a mean divides by
     */
    private Tensor ofLogits(Tensor logits, UnaryOperator<Tensor> toLosses, double total) {
        // region Task 5.7: cross-entropy from logits
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 5.7
        throw new UnsupportedOperationException(
                "Task 5.7: cross-entropy from logits is not written yet: ./tito hint 5.7");
        // endregion
    }

    private Tensor ofLabels(ClassLabels labels, Tensor logProbabilities) {
        Tensor losses = labels.negativeLogLikelihood(logProbabilities);
        if (labelSmoothing > 0) {
            Tensor ofAllClasses =
                    labels.ignored(weights().times(logProbabilities).sum(1)).neg();
            losses = losses.mul(1 - labelSmoothing).add(ofAllClasses.mul(labelSmoothing / logProbabilities.dim(1)));
        }
        return losses;
    }

    private static Tensor ofDistribution(Tensor q, Tensor logProbabilities) {
        return q.mul(logProbabilities).sum(1).neg();
    }

    private static double samples(Tensor prediction) {
        return (double) prediction.size() / prediction.dim(1);
    }

    /**
     * {@code ∂L/∂z_c = p_c · Σₖ qₖ − q_c} with {@code p = softmax(z)} and the weighted q. For plain labels that is {@code p − y}: what the network
     * said less what it should have said. A mean divides it by the total, as it divides the loss. For the logits {@code 0, log 3} and label 1 it is
     * {@code ¼, −¼}.
     */
    @Override
    public Tensor gradient(Tensor prediction, Tensor target) {
        Tensor q;
        double total;
        if (isSoft(prediction, target)) {
            q = weights().times(smooth(target.detach()));
            total = samples(prediction);
        } else {
            ClassLabels labels = labels(prediction, target);
            q = labelDistribution(labels);
            total = labels.total();
        }
        Tensor z = prediction.detach();
        // region Task 5.8: gradient of the cross-entropy
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 5.8
        throw new UnsupportedOperationException(
                "Task 5.8: gradient of the cross-entropy is not written yet: ./tito hint 5.8");
        // endregion
    }

    /** The weighted q of each sample with a label; all 0 for those that are ignored. */
    private Tensor labelDistribution(ClassLabels labels) {
        Tensor oneHot = labels.weightedOneHot();
        if (labelSmoothing == 0) {
            return oneHot;
        }
        Tensor everywhere = weights()
                .times(Tensors.full(
                        labels.scores(), labelSmoothing / labels.scores().dim(1)));
        return oneHot.mul(1 - labelSmoothing).add(everywhere.mul(labels.kept().unsqueeze(1)));
    }

    private Tensor smooth(Tensor probabilities) {
        return labelSmoothing == 0
                ? probabilities
                : probabilities.mul(1 - labelSmoothing).add(labelSmoothing / probabilities.dim(1));
    }

    private boolean isSoft(Tensor prediction, Tensor target) {
        ClassLabels.checkScores("crossEntropy", prediction);
        boolean soft = prediction.shape().equals(target.shape());
        if (soft) {
            weights().checkFor("crossEntropy", prediction.dim(1));
            Checks.targets("crossEntropy", target, t -> t >= 0 && t <= 1, "probabilities from 0 to 1");
            if (ignoreIndex.isPresent()) {
                throw new IllegalArgumentException("crossEntropy: ignoreIndex " + ignoreIndex.getAsInt()
                        + " has no meaning for probabilities; give those samples probabilities of 0, or use labels");
            }
        }
        return soft;
    }

    private ClassLabels labels(Tensor prediction, Tensor target) {
        if (target.rank() == prediction.rank()) {
            throw new IllegalArgumentException("crossEntropy: target " + target.shape() + " does not fit logits "
                    + prediction.shape() + "; use labels of shape "
                    + prediction.shape().without(1) + " or probabilities of shape " + prediction.shape());
        }
        return ClassLabels.of("crossEntropy", prediction, target, weights(), ignoreIndex);
    }

    private ClassWeights weights() {
        return new ClassWeights(classWeights);
    }
}
