package org.tinytorch.training;

import org.tinytorch.tensor.Tensor;

/**
 * The share of samples whose right class is among the k highest scores, from 0 to 1. Among equal scores the lower class comes first, so that k = 1 is
 * {@link Accuracy}. Shapes as there.
 */
public final class TopKAccuracy implements Metric {
    private final int k;
    private Share share = Share.NONE;

    /**
     * Looks at the k highest scores.
     *
     * @throws IllegalArgumentException if k is less than 1
     */
    public TopKAccuracy(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("top-k accuracy: k = " + k + " leaves no guess; use at least 1");
        }
        this.k = k;
    }

    @Override
    public String name() {
        return "top" + k + "_accuracy";
    }

    @Override
    public void reset() {
        share = Share.NONE;
    }

    @Override
    public void update(Tensor prediction, Tensor target) {
        int classes = Labels.classes(name(), prediction);
        if (k > classes) {
            throw new IllegalArgumentException(name() + ": there are only " + classes + " classes in scores of shape "
                    + prediction.shape() + "; use k of at most " + classes);
        }
        int[] predicted = Labels.predicted(name(), prediction);
        int[] actual = Labels.actual(name(), target, prediction);
        share = share.plus(
                actual.length,
                i -> predicted[i] != Labels.NONE
                        && actual[i] != Labels.NONE
                        && ahead(prediction, Labels.first(prediction, i), actual[i]) < k);
    }

    /** How many classes come before the given one. */
    private static int ahead(Tensor scores, int first, int label) {
        double[] data = scores.data();
        int stride = Labels.stride(scores);
        double own = data[first + label * stride];
        int ahead = 0;
        for (int c = 0; c < scores.dim(1); c++) {
            double score = data[first + c * stride];
            if (score > own || (score == own && c < label)) {
                ahead++;
            }
        }
        return ahead;
    }

    @Override
    public double value() {
        return share.value(name());
    }
}
