package org.tinytorch.compression;

import org.tinytorch.autograd.NoGrad;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Modes;

/** Models none of whose numbers is a default that hides a mistake. */
final class Shaken {
    private Shaken() {}

    /** Adds something random to every parameter and buffer; what must be positive, the variances, stays so. */
    static <L extends Layer> L of(L model) {
        Generator generator = new Generator(11);
        model.stateDict()
                .values()
                .forEach(tensor -> tensor.copyFrom(tensor.add(
                        Tensors.rand(generator, tensor.shape().dims()).mul(0.5))));
        return model;
    }

    /** What a model makes of x in evaluation mode. */
    static Tensor outputs(Layer model, Tensor x) {
        try (Modes modes = Modes.evaluation(model);
                NoGrad scope = NoGrad.enter()) {
            return model.forward(x).copy();
        }
    }
}
