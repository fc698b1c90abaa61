package org.tinytorch.capstone;

/** Which way a metric gets better. */
public enum Direction {
    /** More is better: accuracy. */
    HIGHER,
    /** Less is better: time, memory, size, loss. */
    LOWER;

    /** Whether a value is as good as another or better; a NaN is not. */
    public boolean reaches(double value, double aim) {
        return this == HIGHER ? value >= aim : value <= aim;
    }
}
