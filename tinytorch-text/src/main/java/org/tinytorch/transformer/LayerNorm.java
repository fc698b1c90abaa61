package org.tinytorch.transformer;

import java.util.Optional;
import org.tinytorch.autograd.Function;
import org.tinytorch.autograd.Saved;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Parameter;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Layer normalisation over the last axis (Ba et al., 2016), like {@code torch.nn.LayerNorm(width)}. Parameters {@code weight} (ones at first) and, unless left out, {@code bias} (zeros), each
 * {@code (C,)}; x {@code (…, C)}, result the same. Training and evaluation do not differ.
 */
public final class LayerNorm extends Layer {
    private static final double DEFAULT_EPS = 1e-5;

    private final LayerNormalise normalise;
    private final Parameter weight;
    private final Optional<Parameter> bias;

    /** With a bias, and {@code eps = 1e-5}. */
    public LayerNorm(int width) {
        this(width, true, DEFAULT_EPS);
    }

    /**
     * With or without a bias.
     *
     * @throws IllegalArgumentException if the width is below 1, or eps not positive and finite
     */
    public LayerNorm(int width, boolean bias, double eps) {
        if (width < 1) {
            throw new IllegalArgumentException("layer norm: a width of " + width + " is not possible; use at least 1");
        }
        this.normalise = new LayerNormalise(eps);
        this.weight = parameter("weight", new Parameter(Tensors.ones(width)));
        this.bias = bias ? Optional.of(parameter("bias", new Parameter(Tensors.zeros(width)))) : Optional.empty();
    }

    /** The scale of each column, {@code (C,)}. */
    public Parameter weight() {
        return weight;
    }

    /** The shift of each column, {@code (C,)}, if there is one. */
    public Optional<Parameter> bias() {
        return bias;
    }

    /** What is added to the variance. */
    public double eps() {
        return normalise.eps();
    }

    @Override
    protected Tensor compute(Tensor x) {
        if (bias.isPresent()) {
            return new Normalise(normalise).apply(x, weight, bias.get());
        }
        return new Normalise(normalise).apply(x, weight, Tensors.zeros(weight.shape()));
    }

    /** Normalisation and its gradients. Inputs: x, weight, bias. */
    static final class Normalise extends Function {
        private final LayerNormalise normalise;

        Normalise(LayerNormalise normalise) {
            this.normalise = normalise;
        }

        @Override
        protected Tensor forward(Tensor... inputs) {
            return Operation.run(normalise, inputs);
        }

        @Override
        protected Tensor[] backward(Saved saved, Tensor g) {
            Tensor x = saved.input(0);
            Tensor sums = Operation.run(new LayerNormalise.ParameterGradients(normalise), x, g);
            Tensor gx = Operation.run(new LayerNormalise.InputGradient(normalise), x, saved.input(1), g);
            return new Tensor[] {gx, sums.select(0, 1), sums.select(0, 0)};
        }

        @Override
        protected String name() {
            return "LayerNorm";
        }
    }

    @Override
    protected String options() {
        return weight.size() + ", eps=" + normalise.eps() + (bias.isPresent() ? "" : ", bias=false");
    }
}
