// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/Labels.java. Read it, don't edit it.
package org.tinytorch.training;

import java.util.Arrays;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/**
 * What the metrics of classification have in common: scores {@code (N, C, …)} against labels {@code (N, …)} or distributions {@code (N, C, …)}, as
 * {@code CrossEntropyLoss} takes them.
 */
final class Labels {
    /** Stands for the class of scores among which there is a NaN: no class. */
    static final int NONE = -1;

    private Labels() {}

    /** The number of classes, which is the size of axis 1. */
    static int classes(String metric, Tensor scores) {
        if (scores.rank() < 2 || scores.dim(1) == 0) {
            throw new IllegalArgumentException(metric + ": scores of shape " + scores.shape()
                    + " have no axis of classes; give (N, C) or (N, C, ...)");
        }
        return scores.dim(1);
    }

    /** How far apart the scores of one sample lie in the flat array. */
    static int stride(Tensor scores) {
        return scores.shape().strides()[1];
    }

    /** Where the score of class 0 lies for the i-th label. */
    static int first(Tensor scores, int i) {
        int stride = stride(scores);
        return i / stride * stride * scores.dim(1) + i % stride;
    }

    /** The class with the highest score, the first one among equals. */
    static int[] predicted(String metric, Tensor scores) {
        int classes = classes(metric, scores);
        int[] labels = new int[scores.size() / classes];
        Arrays.setAll(labels, i -> highest(scores.data(), first(scores, i), stride(scores), classes));
        return labels;
    }

    private static int highest(double[] scores, int first, int stride, int classes) {
        int best = 0;
        for (int c = 0; c < classes; c++) {
            double score = scores[first + c * stride];
            if (Double.isNaN(score)) {
                return NONE;
            }
            if (score > scores[first + best * stride]) {
                best = c;
            }
        }
        return best;
    }

    /** The right classes: the labels themselves, or the likeliest class of each distribution, such as a one-hot vector. */
    static int[] actual(String metric, Tensor target, Tensor scores) {
        if (target.shape().equals(scores.shape())) {
            return predicted(metric, target);
        }
        int classes = classes(metric, scores);
        Shape expected = scores.shape().without(1);
        if (!target.shape().equals(expected)) {
            throw new IllegalArgumentException(metric + ": scores of shape " + scores.shape() + " need labels of shape "
                    + expected + " or a distribution of the scores' shape, not " + target.shape());
        }
        int[] labels = new int[target.size()];
        Arrays.setAll(labels, i -> label(metric, target.data()[i], i, classes));
        return labels;
    }

    private static int label(String metric, double value, int position, int classes) {
        if (!(value >= 0 && value < classes) || value != Math.rint(value)) {
            throw new IllegalArgumentException(metric + ": label " + value + " of sample " + position
                    + " is not an integer in 0 .. " + (classes - 1) + ", though the model has " + classes + " outputs");
        }
        return (int) value;
    }
}
