// Yours: task 5.6. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/loss/ClassLabels.java.
package org.tinytorch.loss;

import java.util.OptionalInt;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Class labels, checked and made ready for use with scores of shape {@code (N, C, d₁, …)}.
 *
 * @param scores the shape of the scores
 * @param index the label of each sample, {@code (N, 1, d₁, …)}; 0 for those that are ignored
 * @param weight the weight of each sample's class, {@code (N, d₁, …)}; 0 for those that are ignored
 * @param kept 1 for each sample that counts and 0 for those that are ignored, {@code (N, d₁, …)}
 * @param allKept whether no sample is ignored
 * @param total the sum of the weights
 */
record ClassLabels(Shape scores, Tensor index, Tensor weight, Tensor kept, boolean allKept, double total) {
    /** @throws IllegalArgumentException if the shapes do not fit, there is no sample, or a label is not one of the classes */
    static ClassLabels of(
            String loss, Tensor prediction, Tensor target, ClassWeights weights, OptionalInt ignoreIndex) {
        Shape scores = prediction.shape();
        checkScores(loss, prediction);
        if (!target.shape().equals(scores.without(1))) {
            throw new IllegalArgumentException(loss + ": labels " + target.shape() + " do not fit predictions " + scores
                    + "; they need " + scores.without(1));
        }
        int classes = scores.dim(1);
        weights.checkFor(loss, classes);
        double[] index = new double[target.size()];
        double[] weight = new double[target.size()];
        double[] kept = new double[target.size()];
        int count = 0;
        double total = 0;
        for (int i = 0; i < index.length; i++) {
            double label = target.data()[i];
            if (ignoreIndex.isEmpty() || label != ignoreIndex.getAsInt()) {
                checkLabel(loss, target, i, classes);
                index[i] = label;
                weight[i] = weights.of((int) label);
                kept[i] = 1;
                count++;
                total += weight[i];
            }
        }
        Shape shape = target.shape();
        return new ClassLabels(
                scores,
                Tensors.of(index, scores.with(1, 1)),
                Tensors.of(weight, shape),
                Tensors.of(kept, shape),
                count == kept.length,
                total);
    }

    static void checkScores(String loss, Tensor prediction) {
        if (prediction.rank() < 2) {
            throw new IllegalArgumentException(loss + ": a prediction of shape " + prediction.shape()
                    + " has no axes (N, C, …); unsqueeze(0) a single sample");
        }
        Checks.notEmpty(loss, prediction);
    }

    private static void checkLabel(String loss, Tensor target, int position, int classes) {
        double label = target.data()[position];
        if (label != (int) label || label < 0 || label >= classes) {
            String text = label == (int) label ? Integer.toString((int) label) : Double.toString(label);
            throw new IllegalArgumentException(
                    loss + ": label " + text + " at " + Checks.position(target.shape(), position)
                            + " is not one of the " + classes + " classes; use integers from 0 to " + (classes - 1));
        }
    }

    /**
     * {@code −w · log p(label)} for each sample; 0 for those that are ignored. For {@code [[-1, -2], [-3, -4]]} and labels 0 and 1 it is {@code [1, 4]}.
     *
     * @param logProbabilities {@code (N, C, d₁, …)}
     * @return {@code (N, d₁, …)}
     */
    Tensor negativeLogLikelihood(Tensor logProbabilities) {
        // region Task 5.6: surprise at the label
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 5.6
        throw new UnsupportedOperationException("Task 5.6: surprise at the label is not written yet: ./tito hint 5.6");
        // endregion
    }

    /** The same with 0 for each sample that is ignored, even where it was infinite. */
    Tensor ignored(Tensor losses) {
        return allKept ? losses : Tensors.where(kept, losses, Tensors.scalar(0));
    }

    /** The weight of each sample at the place of its label, {@code (N, C, d₁, …)}; 0 elsewhere. */
    Tensor weightedOneHot() {
        double[] out = new double[scores.size()];
        int classes = scores.dim(1);
        int inner = index.size() / scores.dim(0); // how many samples d₁ · … lie within one of N
        for (int i = 0; i < weight.size(); i++) {
            int label = (int) index.data()[i];
            out[(i / inner * classes + label) * inner + i % inner] = weight.data()[i];
        }
        return Tensors.of(out, scores);
    }
}
