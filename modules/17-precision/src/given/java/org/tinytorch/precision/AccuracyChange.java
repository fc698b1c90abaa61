// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/AccuracyChange.java. Read it, don't edit it.
package org.tinytorch.precision;

/**
 * The share of samples that a model gets right, and that its twin does.
 *
 * @param before of the model, 0 to 1
 * @param after of its twin
 */
public record AccuracyChange(double before, double after) {
    /** What is lost; negative if the twin is better. */
    public double loss() {
        return before - after;
    }
}
