package org.tinytorch.precision;

import java.util.List;
import org.tinytorch.autograd.Function;
import org.tinytorch.autograd.Saved;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Quantises and dequantises, {@code y = dequantize(quantize(x))}. The derivative of these steps is 0 or does not exist, and nothing could be learnt through it; so the backward pass takes it for the
 * identity where a number was rounded, and for 0 where it was moved to an end: the straight-through estimator (Bengio et al., 2013).
 *
 * <p>With a scale of 1 and integers −7 … 7, {@code [0.4, 1.6, 9]} becomes {@code [0, 2, 7]}, and the gradient {@code [1, 1, 1]} goes on as {@code [1, 1, 0]}.
 */
final class StraightThrough extends Function {
    private final List<Quantization> parts;

    /** @param parts one for each run of numbers in the flat array, all of one length */
    StraightThrough(List<Quantization> parts) {
        this.parts = parts;
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
        double[] x = inputs[0].data();
        double[] y = new double[x.length];
        int run = x.length / parts.size();
        for (int i = 0; i < y.length; i++) {
            y[i] = parts.get(i / run).round(x[i]);
        }
        return Tensors.of(y, inputs[0].shape());
    }

    @Override
    protected Tensor[] backward(Saved saved, Tensor g) {
        double[] x = saved.input(0).data();
        double[] gradient = new double[x.length];
        int run = x.length / parts.size();
        // region Task 17.8: straight through
        for (int i = 0; i < gradient.length; i++) {
            Quantization part = parts.get(i / run);
            gradient[i] = part.holds(x[i]) ? g.data()[i] : 0;
        }
        return new Tensor[] {Tensors.of(gradient, g.shape())};
        // endregion
    }
}
