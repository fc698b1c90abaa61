// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/optim/ScheduleState.java. Read it, don't edit it.
package org.tinytorch.optim;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Reads the numbers of a saved schedule. */
final class ScheduleState {
    private final String schedule;
    private final Map<String, ? extends Tensor> saved;

    private ScheduleState(String schedule, Map<String, ? extends Tensor> saved) {
        this.schedule = schedule;
        this.saved = saved;
    }

    /** @throws IllegalArgumentException if the names are not exactly these */
    static ScheduleState of(String schedule, Map<String, ? extends Tensor> saved, String... names) {
        Set<String> missing = new LinkedHashSet<>(Arrays.asList(names));
        missing.removeAll(saved.keySet());
        Set<String> unexpected = new LinkedHashSet<>(saved.keySet());
        unexpected.removeAll(Arrays.asList(names));
        if (!missing.isEmpty() || !unexpected.isEmpty()) {
            throw new IllegalArgumentException(schedule + ": loadStateDict: missing " + missing + ", unexpected "
                    + unexpected + "; nothing was loaded");
        }
        return new ScheduleState(schedule, saved);
    }

    static Map<String, Tensor> scalars(Map<String, Double> values) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        values.forEach((name, value) -> state.put(name, Tensors.scalar(value)));
        return state;
    }

    long count(String name) {
        return (long) scalar(name, value -> value >= 0 && value == Math.rint(value) && value <= 1L << 53, "a count");
    }

    double scalar(String name, DoublePredicate possible, String expected) {
        Tensor tensor = saved.get(name);
        if (!tensor.shape().equals(Shape.SCALAR) || !possible.test(tensor.item())) {
            throw new IllegalArgumentException(schedule + ": loadStateDict: " + name + " is not " + expected + ": "
                    + tensor + "; nothing was loaded");
        }
        return tensor.item();
    }

    double[] vector(String name, int length) {
        Tensor tensor = saved.get(name);
        if (!tensor.shape().equals(Shape.of(length))
                || !Arrays.stream(tensor.data()).allMatch(Option.LEARNING_RATE::allows)) {
            throw new IllegalArgumentException(schedule + ": loadStateDict: " + name + " does not hold " + length
                    + " learning rates: " + tensor + "; nothing was loaded");
        }
        return tensor.data().clone();
    }
}
