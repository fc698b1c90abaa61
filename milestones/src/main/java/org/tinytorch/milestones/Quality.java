package org.tinytorch.milestones;

import java.util.Locale;

/**
 * How good the results of a model are.
 *
 * @param name {@code accuracy} or {@code loss}
 * @param lowerIsBetter whether it is a loss
 * @param tolerance how much of it a faster model may lose
 */
record Quality(String name, boolean lowerIsBetter, double tolerance) {
    /** The share of test images that are recognised; two of a hundred may be lost. */
    static final Quality ACCURACY = new Quality("accuracy", false, 0.02);

    /** The mean of −log p over the tokens of a text that was not learnt from; 0.05 may be added, as if each token became 5 % less probable. */
    static final Quality LOSS = new Quality("loss", true, 0.05);

    /** How much worse a value is: of accuracies of 0.97 and 0.96, 0.01; of losses of 1.30 and 1.32, 0.02. Negative if it is better. */
    double lost(double before, double after) {
        return lowerIsBetter ? after - before : before - after;
    }

    /** Whether that is too much. */
    boolean isTooMuch(double lost) {
        return !(lost <= tolerance); // NaN is too much, too
    }

    /** In tables. */
    String text(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
