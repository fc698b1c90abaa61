// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/spatial/ConvolutionRelu.java. Read it, don't edit it.
package org.tinytorch.spatial;

import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * A convolution whose results go through a rectifier at once: {@code max(0, y)}. The same numbers as one after the other, but a backend need not write down
 * what is in between. Gradients flow by way of {@link Conv2d}.
 *
 * @param convolution with its inputs and shapes
 */
public record ConvolutionRelu(Convolution convolution) implements Operation {
    @Override
    public Tensor forward(Tensor... inputs) {
        Tensor sums = convolution.forward(inputs);
        double[] y = sums.data().clone();
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.max(0, y[i]);
        }
        return Tensors.of(y, sums.shape());
    }

    @Override
    public boolean differentiable() {
        return false;
    }
}
