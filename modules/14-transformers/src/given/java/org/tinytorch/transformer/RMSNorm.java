// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/transformer/RMSNorm.java. Read it, don't edit it.
package org.tinytorch.transformer;

import org.tinytorch.autograd.Function;
import org.tinytorch.autograd.Saved;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Parameter;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Normalisation by the root of the mean square over the last axis (Zhang and Sennrich, 2019), like {@code torch.nn.RMSNorm(width)}. Parameter {@code weight} {@code (C,)}, ones at first;
 * x {@code (…, C)}, result the same.
 */
public final class RMSNorm extends Layer {
    private static final double DEFAULT_EPS = 1e-5;

    private final RmsNormalise normalise;
    private final Parameter weight;

    /** With {@code eps = 1e-5}, as in Llama. */
    public RMSNorm(int width) {
        this(width, DEFAULT_EPS);
    }

    /**
     * With another eps.
     *
     * @throws IllegalArgumentException if the width is below 1, or eps not positive and finite
     */
    public RMSNorm(int width, double eps) {
        if (width < 1) {
            throw new IllegalArgumentException("rms norm: a width of " + width + " is not possible; use at least 1");
        }
        this.normalise = new RmsNormalise(eps);
        this.weight = parameter("weight", new Parameter(Tensors.ones(width)));
    }

    /** The scale of each column, {@code (C,)}. */
    public Parameter weight() {
        return weight;
    }

    /** What is added to the mean square. */
    public double eps() {
        return normalise.eps();
    }

    @Override
    protected Tensor compute(Tensor x) {
        return new Normalise(normalise).apply(x, weight);
    }

    /** Normalisation and its gradients. Inputs: x, weight. */
    static final class Normalise extends Function {
        private final RmsNormalise normalise;

        Normalise(RmsNormalise normalise) {
            this.normalise = normalise;
        }

        @Override
        protected Tensor forward(Tensor... inputs) {
            return Operation.run(normalise, inputs);
        }

        @Override
        protected Tensor[] backward(Saved saved, Tensor g) {
            Tensor x = saved.input(0);
            return new Tensor[] {
                Operation.run(new RmsNormalise.InputGradient(normalise), x, saved.input(1), g),
                Operation.run(new RmsNormalise.WeightGradient(normalise), x, g)
            };
        }

        @Override
        protected String name() {
            return "RMSNorm";
        }
    }

    @Override
    protected String options() {
        return weight.size() + ", eps=" + normalise.eps();
    }
}
