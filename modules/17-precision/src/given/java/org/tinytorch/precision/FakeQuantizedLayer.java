// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/FakeQuantizedLayer.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.Optional;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Parameter;
import org.tinytorch.tensor.Tensor;

/**
 * A layer whose inputs and weight are rounded on the way to what small integers can represent. It has the parameters of the layer it stands for, under the same names, so that an optimiser
 * improves them in full precision.
 */
abstract class FakeQuantizedLayer extends Layer {
    private final Layer original;
    private final Quantizer weights;
    private final Parameter weight;
    private final FakeQuantize inputs;

    FakeQuantizedLayer(
            Layer original, Parameter weight, Optional<Parameter> bias, Quantizer weights, Quantizer inputs) {
        this.original = original;
        this.weights = weights;
        this.weight = parameter("weight", weight);
        bias.ifPresent(values -> parameter("bias", values));
        this.inputs = child("input", new FakeQuantize(inputs));
    }

    /** The layer it stands for; it shares the parameters. */
    final Layer original() {
        return original;
    }

    /** How the inputs are quantised, as learnt so far; empty if nothing came by. */
    final Optional<Quantization> inputQuantization() {
        return inputs.hasLearnt() ? Optional.of(inputs.quantization()) : Optional.empty();
    }

    /** What the original computes, with another weight. */
    abstract Tensor compute(Tensor x, Tensor weight);

    @Override
    protected final Tensor compute(Tensor x) {
        Tensor rounded = new StraightThrough(weights.quantize(weight).parts()).apply(weight);
        return compute(child("input").forward(x), rounded);
    }

    @Override
    protected final String options() {
        return "weight " + weight.shape() + " " + weights;
    }
}
