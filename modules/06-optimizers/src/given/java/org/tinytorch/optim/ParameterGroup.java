// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/optim/ParameterGroup.java. Read it, don't edit it.
package org.tinytorch.optim;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tinytorch.tensor.Tensor;

/**
 * Parameters that are trained alike, with options of their own where those of the optimiser do not suit:
 *
 * <pre>{@code
 * new Sgd(List.of(new ParameterGroup(body.parameters()), new ParameterGroup(head.parameters()).set(Option.LEARNING_RATE, 0.1)), 0.01)
 * }</pre>
 */
public final class ParameterGroup {
    private final List<Tensor> parameters;
    private final Map<Option, Double> options = new EnumMap<>(Option.class);
    private final Set<Option> own = EnumSet.noneOf(Option.class);

    /**
     * A group that has all options from the optimiser.
     *
     * @throws IllegalArgumentException if there is no parameter, or one is not a leaf but a computed tensor
     */
    public ParameterGroup(Collection<? extends Tensor> parameters) {
        this.parameters = List.copyOf(parameters);
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException(
                    "optimizer: a group without parameters has nothing to learn; was the layer's parameter() called?");
        }
        for (Tensor parameter : this.parameters) {
            if (!parameter.isLeaf()) {
                throw new IllegalArgumentException("optimizer: a tensor of shape " + parameter.shape()
                        + " was computed from others and cannot be optimised; use a Parameter");
            }
        }
    }

    /** The parameters, in order. */
    public List<Tensor> parameters() {
        return parameters;
    }

    /**
     * Gives this group a value of its own, which the optimiser's fluent methods leave alone from then on.
     *
     * @return this
     * @throws IllegalArgumentException if the value is out of range
     */
    public ParameterGroup set(Option option, double value) {
        options.put(option, option.check(value));
        own.add(option);
        return this;
    }

    /**
     * The value in use.
     *
     * @throws IllegalArgumentException if the optimiser has no such option
     */
    public double get(Option option) {
        Double value = options.get(option);
        if (value == null) {
            throw new IllegalArgumentException(
                    "optimizer: there is no option " + option.key() + " here; there are " + options.keySet());
        }
        return value;
    }

    /** The learning rate in use. */
    public double learningRate() {
        return get(Option.LEARNING_RATE);
    }

    /** Sets the learning rate: what a schedule does. */
    public void learningRate(double rate) {
        change(Option.LEARNING_RATE, rate);
    }

    /** Sets a value that the group has or does not have on its own. */
    void change(Option option, double value) {
        options.put(option, option.check(value));
    }

    /** Sets a value unless the group has its own. */
    void inherit(Option option, double value) {
        option.check(value);
        if (!own.contains(option)) {
            options.put(option, value);
        }
    }

    /** The options and values in use. */
    Map<Option, Double> options() {
        return Collections.unmodifiableMap(options);
    }
}
