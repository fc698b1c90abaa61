package org.tinytorch.training;

import org.tinytorch.tensor.Tensor;

/**
 * The share of yes-or-no questions answered rightly, from 0 to 1: a prediction above the threshold means 1. Predictions and targets have one shape,
 * any; targets are 0 or 1. A NaN is wrong.
 */
public final class BinaryAccuracy implements Metric {
    private final double threshold;
    private Share share = Share.NONE;

    /** For logits, which say yes above 0. */
    public BinaryAccuracy() {
        this(0);
    }

    /** For other predictions, such as probabilities with a threshold of 0.5. */
    public BinaryAccuracy(double threshold) {
        this.threshold = threshold;
    }

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
        if (!prediction.shape().equals(target.shape())) {
            throw new IllegalArgumentException("accuracy: shapes differ: prediction " + prediction.shape() + ", target "
                    + target.shape() + "; reshape one, it is not broadcast");
        }
        for (int i = 0; i < target.size(); i++) {
            double answer = target.data()[i];
            if (answer != 0 && answer != 1) {
                throw new IllegalArgumentException("accuracy: target " + answer + " at position " + i
                        + " is neither 0 nor 1; for classes use Accuracy");
            }
        }
        double[] scores = prediction.data();
        double[] answers = target.data();
        share = share.plus(answers.length, i -> !Double.isNaN(scores[i]) && scores[i] > threshold == (answers[i] == 1));
    }

    @Override
    public double value() {
        return share.value(name());
    }
}
