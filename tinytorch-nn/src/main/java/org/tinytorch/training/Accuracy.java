package org.tinytorch.training;

import org.tinytorch.tensor.Tensor;

/**
 * The share of samples whose highest score belongs to the right class, from 0 to 1, over batches of any sizes. Scores are {@code (N, C, …)},
 * targets labels {@code (N, …)} or distributions {@code (N, C, …)}, as {@code CrossEntropyLoss} takes them. Scores with a NaN are wrong.
 */
public final class Accuracy implements Metric {
    private long right;
    private long seen;

    /** Nothing seen yet. */
    public Accuracy() {}

    @Override
    public String name() {
        return "accuracy";
    }

    @Override
    public void reset() {
        right = 0;
        seen = 0;
    }

    /**
     * Counts what is right in a batch, on top of the batches before: scores [[0.1, 0.9], [0.8, 0.2]] with the labels [1, 1] add one right sample of two.
     *
     * @throws IllegalArgumentException if the shapes do not fit or a label is not possible
     */
    @Override
    public void update(Tensor prediction, Tensor target) {
        int[] predicted = Labels.predicted(name(), prediction);
        int[] actual = Labels.actual(name(), target, prediction);
        // region Task 8.1: count, over batches of any size
        for (int i = 0; i < actual.length; i++) {
            if (predicted[i] == actual[i]) {
                right++;
            }
        }
        seen += actual.length;
        // endregion
    }

    @Override
    public double value() {
        return Labels.share(name(), right, seen);
    }
}
