// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/optim/StepLr.java. Read it, don't edit it.
package org.tinytorch.optim;

/** Multiplies the learning rate by gamma every so many steps: {@code base · γ^⌊t / size⌋}; {@code torch.optim.lr_scheduler.StepLR}. */
public final class StepLr extends CurveSchedule {
    /**
     * Starts at the optimiser's present rates.
     *
     * @param stepSize how many steps a rate holds, at least 1
     * @param gamma the factor, finite and not negative; PyTorch's default is 0.1
     */
    public StepLr(Optimizer optimizer, int stepSize, double gamma) {
        super("stepLr", optimizer, curve(stepSize, gamma));
    }

    private static Curve curve(int stepSize, double gamma) {
        atLeast("stepLr", "stepSize", 1, stepSize);
        if (!(gamma >= 0) || Double.isInfinite(gamma)) {
            throw new IllegalArgumentException(
                    "stepLr: gamma " + gamma + " is not possible; it must be finite and not negative");
        }
        return (base, step) -> base * Math.pow(gamma, Math.floor((double) step / stepSize));
    }
}
