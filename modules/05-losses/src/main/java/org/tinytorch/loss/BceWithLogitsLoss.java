// Yours: tasks 5.4, 5.5. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/loss/BceWithLogitsLoss.java.
package org.tinytorch.loss;

import java.util.Optional;
import org.tinytorch.activation.Activations;
import org.tinytorch.tensor.Tensor;

/**
 * The binary cross-entropy of logits: {@code −[w·t·log σ(x) + (1 − t)·log(1 − σ(x))]} for a logit x and a target t from 0 to 1;
 * {@code torch.nn.BCEWithLogitsLoss}. Nothing overflows or loses digits, however large the logit: that is why it takes logits and not probabilities.
 * Prediction and target have one shape, any.
 *
 * @param posWeight w, the weight of positive examples, above 1 if they are rare; broadcasts against the prediction
 * @param reduction how the losses of the elements become one
 */
public record BceWithLogitsLoss(Optional<Tensor> posWeight, Reduction reduction) implements Loss {
    /** @throws IllegalArgumentException if a weight is negative or not finite */
    public BceWithLogitsLoss {
        posWeight.ifPresent(weights -> Checks.weights("bceWithLogits", "posWeight", weights));
    }

    /** The mean over all elements, unweighted. */
    public BceWithLogitsLoss() {
        this(Optional.empty(), Reduction.MEAN);
    }

    /** The same loss, reduced in another way. */
    public BceWithLogitsLoss reduction(Reduction other) {
        return new BceWithLogitsLoss(posWeight, other);
    }

    /** The same loss with positive examples weighted, by a shape that broadcasts against the prediction's, such as {@code (classes,)}. */
    public BceWithLogitsLoss posWeight(Tensor weights) {
        return new BceWithLogitsLoss(Optional.of(weights.copy()), reduction);
    }

    /**
     * {@code −[w·t·log σ(x) + (1 − t)·log(1 − σ(x))]} of each element, reduced; a mean divides by the number of elements. A logit of {@code log 3} is a
     * probability of ¾: it costs {@code −log ¾} if t is 1 and {@code −log ¼} if t is 0. A logit of 1000 costs 0 or 1000.
     */
    @Override
    public Tensor forward(Tensor prediction, Tensor target) {
        check(prediction, target);
        // region Task 5.4: stable binary cross-entropy
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 5.4
        throw new UnsupportedOperationException(
                "Task 5.4: stable binary cross-entropy is not written yet: ./tito hint 5.4");
        // endregion
    }

    /** {@code (1 − t)·σ(x) − w·t·σ(−x)}, which is {@code σ(x) − t} without weights; divided by the number of elements for a mean. */
    @Override
    public Tensor gradient(Tensor prediction, Tensor target) {
        check(prediction, target);
        Tensor x = prediction.detach();
        Tensor t = target.detach();
        // region Task 5.5: gradient of the binary cross-entropy
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 5.5
        throw new UnsupportedOperationException(
                "Task 5.5: gradient of the binary cross-entropy is not written yet: ./tito hint 5.5");
        // endregion
    }

    /** {@code w·t}. */
    private Tensor weighted(Tensor target) {
        return posWeight.map(target::mul).orElse(target);
    }

    private void check(Tensor prediction, Tensor target) {
        Checks.sameShape("bceWithLogits", prediction, target);
        Checks.targets("bceWithLogits", target, t -> t >= 0 && t <= 1, "from 0 to 1");
        posWeight.ifPresent(weights -> {
            if (!weights.shape().broadcast(prediction.shape()).equals(prediction.shape())) {
                throw new IllegalArgumentException("bceWithLogits: posWeight " + weights.shape()
                        + " does not broadcast to the prediction's shape " + prediction.shape());
            }
        });
    }
}
