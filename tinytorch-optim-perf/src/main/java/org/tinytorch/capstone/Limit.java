package org.tinytorch.capstone;

import org.tinytorch.benchmarking.Units;

/**
 * What must not be lost, whatever is won elsewhere: {@code Limit.falls("accuracy", 0.01)} lets an accuracy of 0.97 fall to 0.96 and no further.
 *
 * @param metric a name that {@link Figures} knows
 * @param direction which way is better
 * @param most by how much it may become worse than the baseline's, 0 or more
 */
public record Limit(String metric, Direction direction, double most) {
    /** Numbers that differ by less are the same but for rounding: in a double, 0.97 − 0.96 is a little more than 0.01. */
    static final double ROUNDING = 1e-9;

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Limit {
        if (!(most >= 0 && Double.isFinite(most))) {
            throw new IllegalArgumentException("limit: " + metric + " may become worse by " + most
                    + ", which cannot be; give 0 or more, such as 0.01");
        }
    }

    /** Of something that should be large: it may fall by so much. */
    public static Limit falls(String metric, double most) {
        return new Limit(metric, Direction.HIGHER, most);
    }

    /** Of something that should be small: it may rise by so much. */
    public static Limit rises(String metric, double most) {
        return new Limit(metric, Direction.LOWER, most);
    }

    /** Whether a value is no worse than it may be. One that is better than the baseline's always is; a NaN never. Rounding is forgiven: see {@link #ROUNDING}. */
    boolean holds(double baseline, double value) {
        // region Task 20.2: what must not be lost
        double lost = direction == Direction.HIGHER ? baseline - value : value - baseline;
        return lost <= most + ROUNDING;
        // endregion
    }

    /** In words, such as {@code accuracy: may fall by 0.01}. */
    @Override
    public String toString() {
        return metric + ": may " + (direction == Direction.HIGHER ? "fall" : "rise") + " by " + Units.digits(most);
    }
}
