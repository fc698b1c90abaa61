package org.tinytorch.compression;

/**
 * A sparsity that grows quickly while a model still has weights to spare and slowly towards the end (Zhu and Gupta, 2017).
 *
 * <p>From 0 to 0.8 in 100 steps: 0 at first, 0.7 after half of them ({@code 0.8 − 0.8 · (½)³}), and 0.8 at the end.
 *
 * @param initial at the first step, from 0 to below 1; of a model that was pruned before, what it has
 * @param last at the last step and after it; at least the initial one, below 1
 * @param begin the first step, at least 1
 * @param end the last step, after the first
 */
public record CubicSparsity(double initial, double last, long begin, long end) {
    /** @throws IllegalArgumentException if a number is out of range */
    public CubicSparsity {
        Sparsity.check(initial);
        Sparsity.check(last);
        if (initial > last) {
            throw new IllegalArgumentException(
                    "prune: a sparsity cannot fall from " + initial + " to " + last + "; what is pruned stays pruned");
        }
        if (begin < 1 || end <= begin) {
            throw new IllegalArgumentException("prune: from step " + begin + " to step " + end
                    + " is not possible; steps count from 1, and the last comes after the first");
        }
    }

    /** {@code last + (initial − last) · (1 − (step − begin) / (end − begin))³} between the first and the last step. */
    public double at(long step) {
        // region Task 18.4: quickly first, then slowly
        double done = (double) (step - begin) / (end - begin);
        double left = 1 - Math.min(1, Math.max(0, done));
        return last + (initial - last) * left * left * left;
        // endregion
    }
}
