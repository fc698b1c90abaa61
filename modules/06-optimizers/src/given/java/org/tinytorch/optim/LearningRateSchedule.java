// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/optim/LearningRateSchedule.java. Read it, don't edit it.
package org.tinytorch.optim;

import java.util.Map;
import org.tinytorch.tensor.Tensor;

/**
 * Changes an optimiser's learning rate in the course of training, like {@code torch.optim.lr_scheduler}. A new schedule sets the rate for the first step
 * at once; after each optimiser step or each epoch, whichever it counts, {@link #step()} sets the next.
 */
public interface LearningRateSchedule {
    /**
     * Sets the rate for what comes next.
     *
     * @throws IllegalStateException if this schedule needs a metric, or is over
     */
    void step();

    /** The same, told how good the model is; most schedules do not care. */
    default void step(double metric) {
        step();
    }

    /** Everything needed to go on later, copied. The rates in use are also part of the optimiser's state. */
    Map<String, Tensor> stateDict();

    /**
     * Goes back to what {@link #stateDict()} saved, from a schedule of the same kind over as many groups, and sets the rate accordingly.
     *
     * @throws IllegalArgumentException if a name is missing or unknown or a value impossible; nothing is loaded then
     */
    void loadStateDict(Map<String, ? extends Tensor> saved);
}
