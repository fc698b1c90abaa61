// Yours: task 6.6. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/optim/CosineWithWarmup.java.
package org.tinytorch.optim;

/**
 * Raises the learning rate evenly over the first steps and then lowers it along half a cosine (Loshchilov and Hutter, 2017). In step t, counted from 0, of T in
 * all, W of them warming up, it is {@code base · (t + 1)/(W + 1)} while {@code t < W}, then
 * {@code low + (base − low)/2 · (1 + cos(π(t − W)/(T − W)))}, and {@code low} from T on. Without warm-up it is PyTorch's {@code CosineAnnealingLR} over
 * its first T steps.
 */
public final class CosineWithWarmup extends CurveSchedule {
    /** Ends at 0. */
    public CosineWithWarmup(Optimizer optimizer, int warmupSteps, int totalSteps) {
        this(optimizer, warmupSteps, totalSteps, 0);
    }

    /**
     * Starts from the optimiser's present rates, which it reaches when warm.
     *
     * @param warmupSteps W, 0 or more
     * @param totalSteps T, more than W
     * @param lowestRate where it ends, finite and not negative
     */
    public CosineWithWarmup(Optimizer optimizer, int warmupSteps, int totalSteps, double lowestRate) {
        super("cosineWithWarmup", optimizer, curve(warmupSteps, totalSteps, lowestRate));
    }

    private static Curve curve(int warmupSteps, int totalSteps, double lowestRate) {
        atLeast("cosineWithWarmup", "warmupSteps", 0, warmupSteps);
        atLeast("cosineWithWarmup", "totalSteps", warmupSteps + 1L, totalSteps);
        Option.LEARNING_RATE.check(lowestRate);
        return (base, step) -> rate(base, (double) step, warmupSteps, totalSteps, lowestRate);
    }

    /**
     * The formula above. Steps are real numbers here: the phases of {@link OneCycle}, which follow the same curve without warm-up, need not begin at a whole
     * one. For example, {@code rate(0.8, 1, 3, 7, 0)} is {@code 0.8 · 2/4 = 0.4}, on the way up, and {@code rate(0.8, 5, 3, 7, 0)} is 0.4 again, half-way down.
     *
     * @param base the rate when warm
     * @param step t, counted from 0
     * @param warmupSteps W, 0 or more
     * @param totalSteps T, more than W
     * @param lowestRate the rate from T on; may be above the base
     */
    static double rate(double base, double step, double warmupSteps, double totalSteps, double lowestRate) {
        // region Task 6.6: warm up, then cool down along a cosine
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 6.6
        throw new UnsupportedOperationException(
                "Task 6.6: warm up, then cool down along a cosine is not written yet: ./tito hint 6.6");
        // endregion
    }
}
