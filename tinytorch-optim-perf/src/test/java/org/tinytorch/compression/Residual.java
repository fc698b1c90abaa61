package org.tinytorch.compression;

import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Tensor;

/** A block whose input is added to its output, so that its channels must be those of the input. */
final class Residual extends Layer {
    Residual(Layer body) {
        child("body", body);
    }

    @Override
    protected Tensor compute(Tensor x) {
        return child("body").forward(x).add(x);
    }
}
