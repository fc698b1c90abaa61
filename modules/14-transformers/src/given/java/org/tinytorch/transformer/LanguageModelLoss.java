// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/transformer/LanguageModelLoss.java. Read it, don't edit it.
package org.tinytorch.transformer;

import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.loss.Loss;
import org.tinytorch.loss.Reduction;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/**
 * The cross-entropy of the token that follows each place: prediction {@code (B, T, V)}, target {@code (B, T)} with the ids that follow. A model that knows nothing has a loss of
 * {@code log V}.
 *
 * @param reduction over all places of all sequences
 */
public record LanguageModelLoss(Reduction reduction) implements Loss {
    /** The mean over all places. */
    public LanguageModelLoss() {
        this(Reduction.MEAN);
    }

    @Override
    public Tensor forward(Tensor prediction, Tensor target) {
        check(prediction.shape(), target.shape());
        Tensor loss = new CrossEntropyLoss().reduction(reduction).forward(rows(prediction), target.flatten());
        return reduction == Reduction.NONE ? loss.reshape(target.shape()) : loss;
    }

    @Override
    public Tensor gradient(Tensor prediction, Tensor target) {
        check(prediction.shape(), target.shape());
        return new CrossEntropyLoss()
                .reduction(reduction)
                .gradient(rows(prediction), target.flatten())
                .reshape(prediction.shape());
    }

    private static Tensor rows(Tensor prediction) {
        return prediction.reshape(-1, prediction.dim(-1));
    }

    private static void check(Shape prediction, Shape target) {
        if (prediction.rank() != 3
                || target.rank() != 2
                || !prediction.without(-1).equals(target)) {
            throw new IllegalArgumentException("language model loss: prediction " + prediction + " and target " + target
                    + " do not fit; they must be (B, T, V) and (B, T)");
        }
    }
}
