// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/FakeQuantizedConv2d.java. Read it, don't edit it.
package org.tinytorch.precision;

import org.tinytorch.spatial.Conv2d;
import org.tinytorch.tensor.Tensor;

/** A convolution of rounded images with rounded kernels. */
final class FakeQuantizedConv2d extends FakeQuantizedLayer {
    private final Conv2d convolution;

    FakeQuantizedConv2d(Conv2d convolution, Quantizer weights, Quantizer inputs) {
        super(convolution, convolution.weight(), convolution.bias(), weights, inputs);
        this.convolution = convolution;
    }

    @Override
    Tensor compute(Tensor x, Tensor kernels) {
        return convolution.forward(x, kernels);
    }
}
