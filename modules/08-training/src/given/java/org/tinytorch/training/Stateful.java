// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/Stateful.java. Read it, don't edit it.
package org.tinytorch.training;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.tinytorch.nn.Layer;
import org.tinytorch.optim.LearningRateSchedule;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.tensor.Tensor;

/** Something whose whole state is tensors by name, so that a {@link Checkpoint} can keep it. */
public interface Stateful {
    /** The state, by name. The tensors may share their numbers with the thing itself. */
    Map<String, Tensor> stateDict();

    /**
     * Goes back to a saved state.
     *
     * @throws IllegalArgumentException if it does not fit; the message says what differs, and nothing has changed
     */
    void loadStateDict(Map<String, Tensor> state);

    /** The parameters and buffers of a model. */
    static Stateful of(Layer model) {
        return of(model::stateDict, model::loadStateDict);
    }

    /** What an optimiser remembers. */
    static Stateful of(Optimizer optimizer) {
        return of(optimizer::stateDict, optimizer::loadStateDict);
    }

    /** Where a schedule of the learning rate stands. */
    static Stateful of(LearningRateSchedule schedule) {
        return of(schedule::stateDict, schedule::loadStateDict);
    }

    /** Whatever these two functions save and load. */
    static Stateful of(Supplier<Map<String, Tensor>> save, Consumer<Map<String, Tensor>> load) {
        return new Stateful() {
            @Override
            public Map<String, Tensor> stateDict() {
                return save.get();
            }

            @Override
            public void loadStateDict(Map<String, Tensor> state) {
                load.accept(state);
            }
        };
    }
}
