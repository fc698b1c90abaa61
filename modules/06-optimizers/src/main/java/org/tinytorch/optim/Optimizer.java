// Yours: task 6.1. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/optim/Optimizer.java.
package org.tinytorch.optim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Improves parameters by their gradients, in place, like {@code torch.optim.Optimizer}. One round of training:
 *
 * <pre>{@code
 * optimizer.zeroGrad();
 * loss.forward(model.forward(x), y).backward(); // from module 07 on; until then gradients by hand
 * optimizer.step();
 * }</pre>
 *
 * <p>A parameter without a gradient is skipped. Not thread-safe.
 *
 * <p>A subclass says in {@link #update} what happens to one parameter, in a loop over flat arrays; the formulas are PyTorch's.
 */
public abstract class Optimizer {
    private final String name;
    private final List<ParameterGroup> groups;
    private final Slots slots;
    private final List<ParameterState> states = new ArrayList<>(); // one for each parameter, counted through all groups

    /**
     * An optimiser over groups.
     *
     * @param name used in messages
     * @param defaults every option that the optimiser has, with the value for groups that have none of their own
     * @param slots what it remembers of each parameter
     * @throws IllegalArgumentException if there is no group, a parameter appears twice, or a group has an option unknown here
     */
    protected Optimizer(String name, Collection<ParameterGroup> groups, Map<Option, Double> defaults, Slots slots) {
        defaults.forEach(Option::check);
        this.name = name;
        this.groups = List.copyOf(groups);
        this.slots = slots;
        if (groups.isEmpty()) {
            throw new IllegalArgumentException(name + ": there is no parameter group; pass the model's parameters()");
        }
        Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (ParameterGroup group : this.groups) {
            group.options().keySet().stream()
                    .filter(option -> !defaults.containsKey(option))
                    .findFirst()
                    .ifPresent(option -> {
                        throw new IllegalArgumentException(
                                name + ": a group sets " + option.key() + ", which this optimizer does not have");
                    });
            for (Tensor parameter : group.parameters()) {
                if (!seen.add(parameter)) {
                    throw new IllegalArgumentException(name + ": parameter " + states.size() + " of shape "
                            + parameter.shape() + " appears twice; it would be updated twice in each step");
                }
                states.add(new ParameterState(parameter.shape()));
            }
        }
        // Only now that everything is known to fit: a group that was refused stays as it was.
        this.groups.forEach(group -> defaults.forEach(group::inherit));
    }

    /**
     * Updates every parameter that has a gradient, each with the options of its group and with its own memory. For example, with groups {@code [a, b]} and
     * {@code [c]}, where b has no gradient, {@link #update} is called twice: for a with the first of three memories, and for c with the third.
     *
     * @throws IllegalStateException if a group's options do not go together; nothing is updated then
     */
    public final void step() {
        groups.forEach(this::beforeGroup); // all of them first, so that no step is left half done
        // region Task 6.1: step every parameter that has a gradient
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 6.1
        throw new UnsupportedOperationException(
                "Task 6.1: step every parameter that has a gradient is not written yet: ./tito hint 6.1");
        // endregion
    }

    /** Called for each group before any parameter is updated; checks that its options go together. Does nothing unless overridden. */
    protected void beforeGroup(ParameterGroup group) {}

    /**
     * Updates one parameter.
     *
     * @param group where it belongs, for the options
     * @param weights its numbers, to be overwritten
     * @param gradient of the same length; for reading
     * @param state what was remembered of it
     */
    protected abstract void update(ParameterGroup group, double[] weights, double[] gradient, ParameterState state);

    /** Forgets the gradients of all parameters. Without it the next backward pass adds to them. */
    public final void zeroGrad() {
        groups.forEach(group -> group.parameters().forEach(Tensor::zeroGrad));
    }

    /** The groups, in order. */
    public final List<ParameterGroup> parameterGroups() {
        return groups;
    }

    /** The parameters of all groups, in order. */
    public final List<Tensor> parameters() {
        return groups.stream().flatMap(group -> group.parameters().stream()).toList();
    }

    /** The learning rate of the first group. */
    public final double learningRate() {
        return groups.get(0).learningRate();
    }

    /** Sets the learning rate of all groups. */
    public final void learningRate(double rate) {
        groups.forEach(group -> group.learningRate(rate));
    }

    /** Sets an option for all groups that have no value of their own; for the fluent methods of subclasses. */
    protected final void option(Option option, double value) {
        groups.forEach(group -> group.inherit(option, value));
    }

    /**
     * Everything needed to go on later as if nothing had happened, copied: the options of each group ({@code group.0.lr}) and what is remembered of each
     * parameter ({@code 3.momentum}, the parameters counted through all groups).
     */
    public final Map<String, Tensor> stateDict() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            String prefix = OptimizerState.groupPrefix(i);
            groups.get(i).options().forEach((option, value) -> state.put(prefix + option.key(), Tensors.scalar(value)));
        }
        for (int i = 0; i < states.size(); i++) {
            String prefix = i + ".";
            states.get(i).slots().forEach((slot, tensor) -> state.put(prefix + slot, tensor.copy()));
        }
        return state;
    }

    /**
     * Goes back to what {@link #stateDict()} saved, from an optimiser set up alike, with parameters of the same shapes in the same groups.
     *
     * @throws IllegalArgumentException if a name is missing or unknown, a shape differs or a value is out of range; all such problems are listed and
     *     nothing is loaded
     */
    public final void loadStateDict(Map<String, ? extends Tensor> saved) {
        OptimizerState state = OptimizerState.parse(saved, groups, states, slots);
        if (!state.problems().isEmpty()) {
            throw new IllegalArgumentException(
                    name + ": loadStateDict: " + String.join("; ", state.problems()) + "; nothing was loaded");
        }
        for (int i = 0; i < groups.size(); i++) {
            state.options().get(i).forEach(groups.get(i)::change);
        }
        for (int i = 0; i < states.size(); i++) {
            states.get(i).replaceBy(state.slots().get(i));
        }
    }

    /** The kind of optimiser and its groups with their options. */
    @Override
    public final String toString() {
        StringBuilder text = new StringBuilder(name);
        groups.forEach(group -> text.append("\n  ")
                .append(group.parameters().size())
                .append(" parameters: ")
                .append(group.options()));
        return text.toString();
    }
}
