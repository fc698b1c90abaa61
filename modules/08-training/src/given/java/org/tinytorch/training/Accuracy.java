// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/Accuracy.java. Read it, don't edit it.
package org.tinytorch.training;

import org.tinytorch.tensor.Tensor;

/**
 * The share of samples whose highest score belongs to the right class, from 0 to 1, over batches of any sizes. Scores are {@code (N, C, …)},
 * targets labels {@code (N, …)} or distributions {@code (N, C, …)}, as {@code CrossEntropyLoss} takes them. Scores with a NaN are wrong.
 */
public final class Accuracy implements Metric {
    private Share share = Share.NONE;

    /** Nothing seen yet. */
    public Accuracy() {}

    @Override
    public String name() {
        return "accuracy";
    }

    @Override
    public void reset() {
        share = Share.NONE;
    }

    @Override
    public void update(Tensor prediction, Tensor target) {
        int[] predicted = Labels.predicted(name(), prediction);
        int[] actual = Labels.actual(name(), target, prediction);
        share = share.plus(actual.length, i -> predicted[i] == actual[i]);
    }

    @Override
    public double value() {
        return share.value(name());
    }
}
