// Yours: task 20.1. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/capstone/Goal.java.
package org.tinytorch.capstone;

import java.util.Locale;
import org.tinytorch.benchmarking.Units;

/**
 * Something to reach, and what it is worth: {@code Goal.timesLess("time", 4, 40)} gives 40 points for a quarter of the baseline's time, and 20 for half of it.
 *
 * @param metric a name that {@link Figures} knows
 * @param direction which way is better
 * @param relative whether the target is a factor to the baseline
 * @param target the factor, above 1, or the value to be reached
 * @param points for all of the way, above 0
 */
public record Goal(String metric, Direction direction, boolean relative, double target, double points) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public Goal {
        if (!Double.isFinite(target) || (relative && target <= 1)) {
            throw new IllegalArgumentException("goal: " + metric + " has the target " + target
                    + (relative ? "; a factor is above 1, such as 10" : "; give a finite number"));
        }
        if (!(points > 0 && Double.isFinite(points))) {
            throw new IllegalArgumentException(
                    "goal: " + metric + " gives " + points + " points; give it some, such as 25");
        }
    }

    /** So many times less than the baseline: for a time of 8 ms and a factor of 4, 2 ms. */
    public static Goal timesLess(String metric, double factor, double points) {
        return new Goal(metric, Direction.LOWER, true, factor, points);
    }

    /** So many times more than the baseline. */
    public static Goal timesMore(String metric, double factor, double points) {
        return new Goal(metric, Direction.HIGHER, true, factor, points);
    }

    /** A value to be reached from below: an accuracy of 0.97. */
    public static Goal atLeast(String metric, double value, double points) {
        return new Goal(metric, Direction.HIGHER, false, value, points);
    }

    /** A value to be reached from above: a size of 20,000 bytes. */
    public static Goal atMost(String metric, double value, double points) {
        return new Goal(metric, Direction.LOWER, false, value, points);
    }

    /** The value to be reached, where the baseline has so much. */
    public double aim(double baseline) {
        if (!relative) {
            return target;
        }
        return direction == Direction.LOWER ? baseline / target : baseline * target;
    }

    /** The points for a value. */
    public double earned(double baseline, double value) {
        return points * way(baseline, value);
    }

    /**
     * How much of the way from the baseline to the aim is done, from 0 to 1. Nothing is given for going back, and no more than 1 for going further. A factor counts in logarithms, so that each halving is worth
     * the same: 8 ms, to be made a quarter, are half way at 4 ms. Where the baseline is as good as the aim, there is no way: who keeps it has all, who loses it nothing.
     *
     * @throws IllegalArgumentException if the target is a factor and a value is negative
     */
    double way(double baseline, double value) {
        if (relative && (baseline < 0 || value < 0)) {
            throw new IllegalArgumentException("goal: " + metric + " goes from " + baseline + " to " + value
                    + ", and below 0 there are no factors; use atLeast or atMost");
        }
        double aim = aim(baseline);
        // region Task 20.1: how much of the way
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 20.1
        throw new UnsupportedOperationException("Task 20.1: how much of the way is not written yet: ./tito hint 20.1");
        // endregion
    }

    /** In words, such as {@code time: 4 times less}. */
    @Override
    public String toString() {
        String less = direction == Direction.LOWER ? "less" : "more";
        String most = direction == Direction.LOWER ? "at most " : "at least ";
        return metric + ": "
                + (relative ? Units.digits(target) + " times " + less : most + Figures.text(metric, target));
    }

    /** Points for people: {@code 12.5}. */
    static String points(double points) {
        return String.format(Locale.ROOT, "%.1f", points);
    }
}
