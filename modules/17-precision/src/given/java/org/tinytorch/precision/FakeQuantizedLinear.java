// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/FakeQuantizedLinear.java. Read it, don't edit it.
package org.tinytorch.precision;

import org.tinytorch.nn.Linear;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/** {@code y = round(x) · round(W)ᵀ + b}. */
final class FakeQuantizedLinear extends FakeQuantizedLayer {
    private final Linear linear;

    FakeQuantizedLinear(Linear linear, Quantizer weights, Quantizer inputs) {
        super(linear, linear.weight(), linear.bias(), weights, inputs);
        this.linear = linear;
    }

    @Override
    Tensor compute(Tensor x, Tensor weight) {
        if (x.rank() == 0 || x.dim(-1) != linear.in()) {
            throw new IllegalArgumentException(
                    "linear: input " + x.shape() + " does not fit; the layer expects (…, " + linear.in() + ")");
        }
        Tensor rows = x.rank() == 2 ? x : x.reshape(Shape.of(x.size() / linear.in(), linear.in()));
        Tensor product = MatMul.of(rows, false, weight, true);
        Tensor y = linear.bias().isPresent() ? product.add(linear.bias().get()) : product;
        return x.rank() == 2 ? y : y.reshape(x.shape().with(-1, linear.out()));
    }
}
