// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/Range.java. Read it, don't edit it.
package org.tinytorch.precision;

/**
 * From where to where numbers are to be represented; what is outside becomes the nearer end.
 *
 * @param min the lower end
 * @param max the upper end, not less
 */
public record Range(double min, double max) {
    /** Checks the ends. */
    public Range {
        if (!(min <= max)) {
            throw new IllegalArgumentException(
                    "range: " + min + " … " + max + " is none; give two numbers, the smaller one first");
        }
    }

    /** Both ends nearer to 0, or farther away. */
    Range times(double factor) {
        return new Range(min * factor, max * factor);
    }

    /** What of this lies in {@code −limit … limit}; an end on the far side of it becomes the limit. */
    Range within(double limit) {
        return new Range(Math.max(-limit, Math.min(limit, min)), Math.min(limit, Math.max(-limit, max)));
    }
}
