// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/optim/OneCycle.java. Read it, don't edit it.
package org.tinytorch.optim;

/**
 * Raises the learning rate to a maximum and lowers it far below where it began, both along half a cosine (Smith and Topin, 2018);
 * {@code torch.optim.lr_scheduler.OneCycleLR} with cosine annealing in two phases. Unlike there, momentum is left alone.
 */
public final class OneCycle extends CurveSchedule {
    /** Rises for 30 % of the steps from a 25th of the maximum, and ends 10,000 times below where it began. */
    public OneCycle(Optimizer optimizer, double maxRate, int totalSteps) {
        this(optimizer, maxRate, totalSteps, 0.3, 25, 1e4);
    }

    /**
     * A cycle of a chosen form. The optimiser's present rates are overwritten.
     *
     * @param maxRate the highest rate, for all groups; finite and not negative
     * @param totalSteps how many rates there are: {@link #step()} can be called one time less; at least 2
     * @param rising the part of the steps in which the rate rises, above 0 and below 1
     * @param startDivisor the rate begins at the maximum divided by this, positive
     * @param endDivisor the rate ends at the beginning's divided by this, positive
     */
    public OneCycle(
            Optimizer optimizer,
            double maxRate,
            int totalSteps,
            double rising,
            double startDivisor,
            double endDivisor) {
        super("oneCycle", optimizer, curve(maxRate, totalSteps, rising, startDivisor, endDivisor));
    }

    private static Curve curve(double maxRate, int totalSteps, double rising, double startDivisor, double endDivisor) {
        Option.LEARNING_RATE.check(maxRate);
        atLeast("oneCycle", "totalSteps", 2, totalSteps);
        if (!(rising > 0 && rising < 1)) {
            throw new IllegalArgumentException("oneCycle: rising " + rising
                    + " is not possible; it is the part of the steps before the peak, between 0 and 1");
        }
        if (!(startDivisor > 0 && endDivisor > 0)) {
            throw new IllegalArgumentException(
                    "oneCycle: the divisors " + startDivisor + " and " + endDivisor + " must be positive");
        }
        double start = maxRate / startDivisor;
        double end = start / endDivisor;
        double peak = Math.max(0, rising * totalSteps - 1);
        return (base, step) -> rate(step, totalSteps, peak, start, maxRate, end);
    }

    private static double rate(long step, int totalSteps, double peak, double start, double max, double end) {
        if (step >= totalSteps) {
            throw new IllegalStateException(
                    "oneCycle: the cycle of " + totalSteps + " steps is over; make a longer one or stop stepping");
        }
        return step < peak
                ? CosineWithWarmup.rate(start, (double) step, 0, peak, max)
                : CosineWithWarmup.rate(max, step - peak, 0, totalSteps - 1 - peak, end);
    }
}
