// Yours: task 9.3. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/spatial/ConvolutionWeightGradient.java.
package org.tinytorch.spatial;

import org.tinytorch.spatial.Convolution.Sizes;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * The gradient of a {@link Convolution}'s weight: each weight collects, over all images and all places it was used at, the pixel it met times the gradient of the
 * output it went into.
 *
 * <p>Inputs: x {@code (N, C, H, W)} and the gradient g {@code (N, O, rows, columns)} of the result.
 *
 * @param convolution whose weight is meant
 */
public record ConvolutionWeightGradient(Convolution convolution) implements Operation {
    /** The shape of the weight, {@code (O, C / groups, kernel rows, kernel columns)}. */
    public Shape weight(Shape x, Shape g) {
        return Shape.of(
                g.dim(1),
                x.dim(1) / convolution.groups(),
                convolution.rows().size(),
                convolution.columns().size());
    }

    /**
     * The sizes of the convolution.
     *
     * @throws IllegalArgumentException if the gradient is not one of its result
     */
    public Sizes sizes(Shape x, Shape g) {
        ImageShape.check("conv2d weight gradient", x);
        ImageShape.check("conv2d weight gradient", g);
        return convolution.sizes(x, weight(x, g)).checked("conv2d weight gradient", g);
    }

    /**
     * The sums {@code gw[o, c, a, b] = Σ n, i, j  g[n, o, i, j] · x[n, c, i·stride − padding + a·dilation, j·stride − padding + b·dilation]}.
     *
     * <p>For x {@code [[1, 2, 3], [4, 5, 6], [7, 8, 9]]} and g {@code [[1, 0], [0, 10]]} it is {@code [[51, 62], [84, 95]]}.
     *
     * @param inputs x and g
     * @return a gradient of the weight's shape
     */
    @Override
    public Tensor forward(Tensor... inputs) {
        double[] x = inputs[0].data();
        double[] g = inputs[1].data();
        Sizes s = sizes(inputs[0].shape(), inputs[1].shape());
        Window rows = convolution.rows();
        Window columns = convolution.columns();
        Shape weight = weight(inputs[0].shape(), inputs[1].shape());
        double[] gw = new double[weight.size()];
        convolution.eachPair(s, (input, kernel, output) -> {
            // region Task 9.3: the gradient of the kernel
            // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 9.3
            throw new UnsupportedOperationException(
                    "Task 9.3: the gradient of the kernel is not written yet: ./tito hint 9.3");
            // endregion
        });
        return Tensors.of(gw, weight);
    }

    @Override
    public boolean differentiable() {
        return false;
    }
}
