// Yours: task 6.5. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/optim/Adam.java.
package org.tinytorch.optim;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tinytorch.tensor.Tensor;

/**
 * Adam: each weight takes steps of its own size, the average gradient over the root of the average squared gradient (Kingma and Ba, 2015);
 * {@code torch.optim.Adam}. Weight decay, if asked for, is added to the gradient; {@link AdamW} decouples it.
 */
public sealed class Adam extends Optimizer permits AdamW {
    private static final String FIRST_MOMENT = "firstMoment";
    private static final String SECOND_MOMENT = "secondMoment";

    /**
     * With β₁ = 0.9, β₂ = 0.999, ε = 1e-8 and no weight decay.
     *
     * @param learningRate η, for example 0.001; finite and not negative
     */
    public Adam(Collection<? extends Tensor> parameters, double learningRate) {
        this(List.of(new ParameterGroup(parameters)), learningRate);
    }

    /**
     * With β₁ = 0.9, β₂ = 0.999, ε = 1e-8 and no weight decay, for groups that have none of their own.
     *
     * @param learningRate η for the groups that have none of their own
     */
    public Adam(List<ParameterGroup> groups, double learningRate) {
        this("adam", groups, learningRate, 0);
    }

    Adam(String name, List<ParameterGroup> groups, double learningRate, double decay) {
        super(
                name,
                groups,
                Map.of(
                        Option.LEARNING_RATE,
                        learningRate,
                        Option.BETA1,
                        0.9,
                        Option.BETA2,
                        0.999,
                        Option.EPSILON,
                        1e-8,
                        Option.WEIGHT_DECAY,
                        decay),
                new Slots(Set.of(ParameterState.STEP, FIRST_MOMENT, SECOND_MOMENT), Set.of()));
    }

    /** How slowly the averages of the gradient and of its square forget, each from 0 to below 1. */
    public Adam betas(double beta1, double beta2) {
        option(Option.BETA1, beta1);
        option(Option.BETA2, beta2);
        return this;
    }

    /** What keeps the division from exploding where gradients vanish. */
    public Adam epsilon(double epsilon) {
        option(Option.EPSILON, epsilon);
        return this;
    }

    /** How strongly weights are drawn towards 0. */
    public Adam weightDecay(double decay) {
        option(Option.WEIGHT_DECAY, decay);
        return this;
    }

    /** {@code d = g + λw}, then {@link #adapt}. */
    @Override
    protected void update(ParameterGroup group, double[] weights, double[] gradient, ParameterState state) {
        adapt(group, weights, gradient, group.get(Option.WEIGHT_DECAY), state);
    }

    /**
     * {@code m ← β₁m + (1 − β₁)d}, {@code v ← β₂v + (1 − β₂)d²}; both start at 0 and are too small at first, by {@code 1 − βᵗ} in step t, hence
     * {@code w ← w − η · m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε)}. With η = 0.1 and the usual β, a first gradient of 2 gives {@code m = 0.2} and
     * {@code v = 0.004}, corrected 2 and 4, and so a step of {@code 0.1 · 2/√4 = 0.1}.
     *
     * @param weights w, to be overwritten
     * @param gradient g, of the same length; for reading
     * @param decay λ, the part of each weight that is added to its gradient to give d
     * @param state where m and v are remembered and the steps are counted
     */
    final void adapt(ParameterGroup group, double[] weights, double[] gradient, double decay, ParameterState state) {
        double beta1 = group.get(Option.BETA1);
        double beta2 = group.get(Option.BETA2);
        double epsilon = group.get(Option.EPSILON);
        double[] first = state.slot(FIRST_MOMENT);
        double[] second = state.slot(SECOND_MOMENT);
        double t = state.countStep(); // 1 in the first step
        // region Task 6.5: Adam, two averages and their correction
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 6.5
        throw new UnsupportedOperationException(
                "Task 6.5: Adam, two averages and their correction is not written yet: ./tito hint 6.5");
        // endregion
    }
}
