// Yours: task 6.4. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/optim/RmsProp.java.
package org.tinytorch.optim;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tinytorch.tensor.Tensor;

/**
 * RMSprop: divides each gradient by the root of its recent mean square (Tieleman and Hinton, 2012), with momentum and centring if asked for;
 * {@code torch.optim.RMSprop}.
 */
public final class RmsProp extends Optimizer {
    private static final String SQUARE_AVERAGE = "squareAverage";
    private static final String GRADIENT_AVERAGE = "gradientAverage";
    private static final String VELOCITY = "momentum";

    private boolean centered;

    /**
     * With α = 0.99, ε = 1e-8, no momentum and no weight decay.
     *
     * @param learningRate η, for example 0.01; finite and not negative
     */
    public RmsProp(Collection<? extends Tensor> parameters, double learningRate) {
        this(List.of(new ParameterGroup(parameters)), learningRate);
    }

    /**
     * With α = 0.99, ε = 1e-8, no momentum and no weight decay, for groups that have none of their own.
     *
     * @param learningRate η for the groups that have none of their own
     */
    public RmsProp(List<ParameterGroup> groups, double learningRate) {
        super(
                "rmsProp",
                groups,
                Map.of(
                        Option.LEARNING_RATE,
                        learningRate,
                        Option.ALPHA,
                        0.99,
                        Option.EPSILON,
                        1e-8,
                        Option.MOMENTUM,
                        0.0,
                        Option.WEIGHT_DECAY,
                        0.0),
                new Slots(Set.of(SQUARE_AVERAGE), Set.of(GRADIENT_AVERAGE, VELOCITY)));
    }

    /** How slowly the mean square forgets, from 0 to 1. */
    public RmsProp alpha(double alpha) {
        option(Option.ALPHA, alpha);
        return this;
    }

    /** What keeps the division from exploding where gradients vanish. */
    public RmsProp epsilon(double epsilon) {
        option(Option.EPSILON, epsilon);
        return this;
    }

    /** Lets the steps gather speed: the part of the velocity that stays. */
    public RmsProp momentum(double momentum) {
        option(Option.MOMENTUM, momentum);
        return this;
    }

    /** Adds this much of each weight to its gradient, which draws the weight towards 0. */
    public RmsProp weightDecay(double decay) {
        option(Option.WEIGHT_DECAY, decay);
        return this;
    }

    /** Divides by the standard deviation instead of the root mean square: the square of the mean gradient is taken off (Graves, 2013). */
    public RmsProp centered() {
        centered = true;
        return this;
    }

    /**
     * {@code d = g + λw}; {@code s ← αs + (1 − α)d²}; centred, {@code a ← αa + (1 − α)d} and s is replaced by {@code s − a²};
     * {@code u = d/(√s + ε)}; {@code w ← w − η·u}, or with momentum {@code v ← μv + u} and {@code w ← w − η·v}. With η = 0.1, α = 0.75 and ε = 0, the first
     * step of any weight is 0.2, whatever its gradient: for 4, {@code s = 0.25 · 16 = 4} and {@code u = 4/2}.
     *
     * @param weights w, to be overwritten
     * @param gradient g, of the same length; for reading
     * @param state where s, a and v are remembered, all 0 at first
     */
    @Override
    protected void update(ParameterGroup group, double[] weights, double[] gradient, ParameterState state) {
        double rate = group.learningRate();
        double decay = group.get(Option.WEIGHT_DECAY);
        double alpha = group.get(Option.ALPHA);
        double epsilon = group.get(Option.EPSILON);
        double momentum = group.get(Option.MOMENTUM);
        double[] square = state.slot(SQUARE_AVERAGE);
        double[] average = centered ? state.slot(GRADIENT_AVERAGE) : square; // only to be used if centred
        double[] velocity = momentum > 0 ? state.slot(VELOCITY) : square; // only to be used with momentum
        // region Task 6.4: RMSprop, a step size for each weight
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 6.4
        throw new UnsupportedOperationException(
                "Task 6.4: RMSprop, a step size for each weight is not written yet: ./tito hint 6.4");
        // endregion
    }
}
