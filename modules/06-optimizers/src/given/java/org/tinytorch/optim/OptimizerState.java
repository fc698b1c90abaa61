// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/optim/OptimizerState.java. Read it, don't edit it.
package org.tinytorch.optim;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/**
 * A saved state, read and checked before anything is changed.
 *
 * @param options the options of each group
 * @param slots what is remembered of each parameter
 * @param problems what does not fit, in words
 */
record OptimizerState(List<Map<Option, Double>> options, List<Map<String, Tensor>> slots, List<String> problems) {
    static String groupPrefix(int group) {
        return "group." + group + ".";
    }

    static OptimizerState parse(
            Map<String, ? extends Tensor> saved,
            List<ParameterGroup> groups,
            List<ParameterState> states,
            Slots known) {
        Map<String, Tensor> rest = new HashMap<>(saved);
        OptimizerState state = new OptimizerState(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < groups.size(); i++) {
            state.readOptions(groupPrefix(i), groups.get(i), rest);
        }
        for (int i = 0; i < states.size(); i++) {
            state.readSlots(i + ".", states.get(i), known, rest);
        }
        if (!rest.isEmpty()) {
            state.problems.add("unexpected: " + String.join(", ", new TreeSet<>(rest.keySet())));
        }
        return state;
    }

    private void readOptions(String prefix, ParameterGroup group, Map<String, Tensor> rest) {
        Map<Option, Double> values = new EnumMap<>(Option.class);
        for (Option option : group.options().keySet()) {
            Tensor value = take(rest, prefix + option.key(), Shape.SCALAR, true);
            if (value != null && !option.allows(value.item())) {
                problems.add(prefix + option.key() + " is " + value.item() + ", which is out of range");
            } else if (value != null) {
                values.put(option, value.item());
            }
        }
        options.add(values);
    }

    private void readSlots(String prefix, ParameterState state, Slots known, Map<String, Tensor> rest) {
        Map<String, Tensor> found = new HashMap<>();
        boolean any = known.required().stream().anyMatch(name -> rest.containsKey(prefix + name));
        any |= known.optional().stream().anyMatch(name -> rest.containsKey(prefix + name));
        for (String name : new TreeSet<>(known.required())) {
            collect(name, take(rest, prefix + name, state.shapeOf(name), any), prefix, found);
        }
        for (String name : new TreeSet<>(known.optional())) {
            collect(name, take(rest, prefix + name, state.shapeOf(name), false), prefix, found);
        }
        slots.add(found);
    }

    private void collect(String name, Tensor tensor, String prefix, Map<String, Tensor> found) {
        if (tensor == null) {
            return;
        }
        if (name.equals(ParameterState.STEP) && !(tensor.item() >= 1 && tensor.item() == Math.rint(tensor.item()))) {
            problems.add(prefix + name + " is " + tensor.item() + ", which is not a number of steps");
            return;
        }
        found.put(name, tensor);
    }

    /** Takes a tensor out of what is left; null, and perhaps a problem, if it is not there or has another shape. */
    private Tensor take(Map<String, Tensor> rest, String name, Shape shape, boolean required) {
        Tensor tensor = rest.remove(name);
        if (tensor == null) {
            if (required) {
                problems.add("missing: " + name);
            }
            return null;
        }
        if (!tensor.shape().equals(shape)) {
            problems.add(name + " is " + shape + " here but " + tensor.shape() + " there");
            return null;
        }
        return tensor;
    }
}
