// Yours: tasks 6.2, 6.3. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/optim/Sgd.java.
package org.tinytorch.optim;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tinytorch.tensor.Tensor;

/**
 * Stochastic gradient descent, {@code w ← w − η·g}, with momentum, Nesterov's form of it, and weight decay if asked for; {@code torch.optim.SGD}.
 *
 * <pre>{@code
 * Optimizer optimizer = new Sgd(model.parameters(), 0.1).momentum(0.9).weightDecay(5e-4);
 * }</pre>
 */
public final class Sgd extends Optimizer {
    private static final String VELOCITY = "momentum";

    private boolean nesterov;

    /**
     * Plain descent.
     *
     * @param learningRate η, finite and not negative
     */
    public Sgd(Collection<? extends Tensor> parameters, double learningRate) {
        this(List.of(new ParameterGroup(parameters)), learningRate);
    }

    /**
     * Plain descent over groups.
     *
     * @param learningRate η for the groups that have none of their own, finite and not negative
     */
    public Sgd(List<ParameterGroup> groups, double learningRate) {
        super(
                "sgd",
                groups,
                Map.of(
                        Option.LEARNING_RATE,
                        learningRate,
                        Option.MOMENTUM,
                        0.0,
                        Option.DAMPENING,
                        0.0,
                        Option.WEIGHT_DECAY,
                        0.0),
                new Slots(Set.of(), Set.of(VELOCITY)));
    }

    /** Lets the steps gather speed: the part of the velocity that stays, for example 0.9 (Polyak, 1964). */
    public Sgd momentum(double momentum) {
        option(Option.MOMENTUM, momentum);
        return this;
    }

    /** Keeps a part of each new gradient out of the velocity, except of the first, from 0 to 1. */
    public Sgd dampening(double dampening) {
        option(Option.DAMPENING, dampening);
        return this;
    }

    /** Looks ahead along the velocity (Nesterov, 1983). Needs momentum and no dampening, which {@link #step()} checks. */
    public Sgd nesterov() {
        nesterov = true;
        return this;
    }

    /** Adds this much of each weight to its gradient, which draws the weight towards 0. */
    public Sgd weightDecay(double decay) {
        option(Option.WEIGHT_DECAY, decay);
        return this;
    }

    @Override
    protected void beforeGroup(ParameterGroup group) {
        if (nesterov && (group.get(Option.MOMENTUM) == 0 || group.get(Option.DAMPENING) != 0)) {
            throw new IllegalStateException("sgd: nesterov needs momentum and no dampening, but they are "
                    + group.get(Option.MOMENTUM) + " and " + group.get(Option.DAMPENING));
        }
    }

    @Override
    protected void update(ParameterGroup group, double[] weights, double[] gradient, ParameterState state) {
        if (group.get(Option.MOMENTUM) == 0) {
            descend(group, weights, gradient);
        } else {
            gatherSpeed(group, weights, gradient, state);
        }
    }

    /**
     * {@code w ← w − η(g + λw)}, in place. With η = 0.1 and λ = 0.5, a weight of 2 whose gradient is 1 becomes {@code 2 − 0.1 · (1 + 0.5 · 2) = 1.8}.
     *
     * @param weights w, to be overwritten
     * @param gradient g, of the same length; for reading
     */
    private static void descend(ParameterGroup group, double[] weights, double[] gradient) {
        double rate = group.learningRate();
        double decay = group.get(Option.WEIGHT_DECAY);
        // region Task 6.2: step down the gradient, with weight decay
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 6.2
        throw new UnsupportedOperationException(
                "Task 6.2: step down the gradient, with weight decay is not written yet: ./tito hint 6.2");
        // endregion
    }

    /**
     * {@code d = g + λw}; {@code v ← μv + (1 − τ)d}, {@code v = d} at first; {@code w ← w − η·v}, or with Nesterov {@code w ← w − η(d + μv)}. With η = 0.1
     * and μ = 0.9, a weight of 1 that gets the gradients 1 and 2 has the velocities 1 and 2.9, and becomes 0.9 and then 0.61.
     *
     * @param weights w, to be overwritten
     * @param gradient g, of the same length; for reading
     * @param state where v is remembered
     */
    private void gatherSpeed(ParameterGroup group, double[] weights, double[] gradient, ParameterState state) {
        double rate = group.learningRate();
        double decay = group.get(Option.WEIGHT_DECAY);
        double momentum = group.get(Option.MOMENTUM);
        boolean first = !state.has(VELOCITY);
        double fresh = first ? 1 : 1 - group.get(Option.DAMPENING); // 1 − τ, but the first gradient counts in full
        double[] velocity = state.slot(VELOCITY); // all 0 at first
        // region Task 6.3: gather speed with momentum
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 6.3
        throw new UnsupportedOperationException(
                "Task 6.3: gather speed with momentum is not written yet: ./tito hint 6.3");
        // endregion
    }
}
