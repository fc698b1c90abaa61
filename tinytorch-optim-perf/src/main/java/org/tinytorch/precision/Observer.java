package org.tinytorch.precision;

import org.tinytorch.tensor.Tensor;

/**
 * Watches the numbers that pass at one place of a model, such as the inputs of a layer, so that a {@link Calibrator} can choose a range for them. Keeps the smallest and the largest one
 * and a histogram of fixed size, not the numbers.
 *
 * <pre>{@code
 * Observer inputs = new Observer();
 * batches.forEach(batch -> inputs.accept(batch.input()));
 * Quantization quantization = Calibrator.percentile(99.9).choose(inputs, Quantizer.asymmetric(8));
 * }</pre>
 */
public final class Observer {
    private final Histogram histogram = new Histogram();
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    /** Nothing seen yet. */
    public Observer() {}

    /**
     * Takes a tensor of any shape into account.
     *
     * @throws IllegalArgumentException if a number is NaN or infinite; the message says where, and nothing was counted
     */
    public void accept(Tensor x) {
        Finite.check("calibration", x);
        for (double number : x.data()) {
            min = Math.min(min, number);
            max = Math.max(max, number);
        }
        if (x.size() > 0) {
            histogram.reach(Math.max(-min, max));
        }
        for (double number : x.data()) {
            histogram.add(number);
        }
    }

    /** How many numbers were seen. */
    public long count() {
        return histogram.total();
    }

    /**
     * From the smallest number seen to the largest.
     *
     * @throws IllegalStateException if there was none
     */
    public Range range() {
        return new Range(some().min, max);
    }

    /**
     * The number below which a share of all lies, to within the width of a bin: at most a 1024th of the largest magnitude.
     *
     * @param share 0 to 1
     * @throws IllegalArgumentException if the share is out of its range
     * @throws IllegalStateException if no number was seen
     */
    public double quantile(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "calibration: a share of " + share + " is not possible; use 0 to 1, for example 0.999");
        }
        return Math.max(some().min, Math.min(max, histogram.quantile(share)));
    }

    /** The counts. */
    Histogram histogram() {
        return some().histogram;
    }

    private Observer some() {
        if (count() == 0) {
            throw new IllegalStateException(
                    "calibration: no numbers were seen; send at least one batch through the model first");
        }
        return this;
    }
}
