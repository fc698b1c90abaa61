// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/optim/CosineWithWarmup.java. Read it, don't edit it.
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
        return (base, step) -> rate(base, step, warmupSteps, totalSteps, lowestRate);
    }

    private static double rate(double base, long step, int warmupSteps, int totalSteps, double lowestRate) {
        if (step < warmupSteps) {
            return base * (step + 1) / (warmupSteps + 1.0);
        }
        double progress = (double) (step - warmupSteps) / (totalSteps - warmupSteps);
        return cosine(base, lowestRate, Math.min(1, progress));
    }
}
