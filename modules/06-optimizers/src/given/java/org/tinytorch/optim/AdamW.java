// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/optim/AdamW.java. Read it, don't edit it.
package org.tinytorch.optim;

import java.util.Collection;
import java.util.List;
import org.tinytorch.tensor.Tensor;

/**
 * Adam whose weight decay does not pass through the averages: each weight first shrinks by {@code 1 − ηλ}, then Adam steps (Loshchilov and Hutter, 2019);
 * {@code torch.optim.AdamW}.
 */
public final class AdamW extends Adam {
    /**
     * With β₁ = 0.9, β₂ = 0.999, ε = 1e-8 and a weight decay of 0.01.
     *
     * @param learningRate η, for example 0.001; finite and not negative
     */
    public AdamW(Collection<? extends Tensor> parameters, double learningRate) {
        this(List.of(new ParameterGroup(parameters)), learningRate);
    }

    /**
     * With β₁ = 0.9, β₂ = 0.999, ε = 1e-8 and a weight decay of 0.01, for groups that have none of their own.
     *
     * @param learningRate η for the groups that have none of their own
     */
    public AdamW(List<ParameterGroup> groups, double learningRate) {
        super("adamW", groups, learningRate, 0.01);
    }

    @Override
    public AdamW betas(double beta1, double beta2) {
        super.betas(beta1, beta2);
        return this;
    }

    @Override
    public AdamW epsilon(double epsilon) {
        super.epsilon(epsilon);
        return this;
    }

    @Override
    public AdamW weightDecay(double decay) {
        super.weightDecay(decay);
        return this;
    }

    /** {@code w ← (1 − ηλ)w}, then Adam without decay. */
    @Override
    protected void update(ParameterGroup group, double[] weights, double[] gradient, ParameterState state) {
        double kept = 1 - group.learningRate() * group.get(Option.WEIGHT_DECAY);
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= kept;
        }
        adapt(group, weights, gradient, 0, state);
    }
}
