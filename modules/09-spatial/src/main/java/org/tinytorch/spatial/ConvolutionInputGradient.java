// Yours: task 9.4. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/spatial/ConvolutionInputGradient.java.
package org.tinytorch.spatial;

import org.tinytorch.spatial.Convolution.Sizes;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * The gradient of a {@link Convolution}'s input: every pixel collects from the outputs it had a part in, weighted by that part. Run forwards, it is the transposed
 * convolution of {@link ConvTranspose2d}.
 *
 * <p>Inputs: the gradient g {@code (N, O, rows, columns)} of the result, and the weight {@code (O, C / groups, kernel rows, kernel columns)}.
 *
 * @param convolution whose input is meant
 * @param height H of the input, as several may give the same result
 * @param width W of the input
 */
public record ConvolutionInputGradient(Convolution convolution, int height, int width) implements Operation {
    /**
     * The sizes of the convolution.
     *
     * @throws IllegalArgumentException if the gradient is not one of its result
     */
    public Sizes sizes(Shape g, Shape weight) {
        ImageShape.check("conv2d input gradient", g);
        convolution.checkWeight(weight);
        Shape x = Shape.of(g.dim(0), weight.dim(1) * convolution.groups(), height, width);
        return convolution.sizes(x, weight).checked("conv2d input gradient", g);
    }

    /**
     * The sums {@code gx[n, c, p, q] = Σ o, i, j, a, b  g[n, o, i, j] · weight[o, c, a, b]} over all places i, j and taps a, b that met the pixel:
     * {@code p = i·stride − padding + a·dilation}, and q likewise.
     *
     * <p>For g {@code [[1, 0], [0, 10]]} and the kernel {@code [[1, 2], [3, 4]]} it is {@code [[1, 2, 0], [3, 14, 20], [0, 30, 40]]}.
     *
     * @param inputs g and weight
     * @return a gradient of x's shape
     */
    @Override
    public Tensor forward(Tensor... inputs) {
        double[] g = inputs[0].data();
        double[] weight = inputs[1].data();
        Sizes s = sizes(inputs[0].shape(), inputs[1].shape());
        Window rows = convolution.rows();
        Window columns = convolution.columns();
        double[] gx = new double[s.input().size()];
        convolution.eachPair(s, (input, kernel, output) -> {
            // region Task 9.4: the gradient of the image
            // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 9.4
            throw new UnsupportedOperationException(
                    "Task 9.4: the gradient of the image is not written yet: ./tito hint 9.4");
            // endregion
        });
        return Tensors.of(gx, s.input());
    }

    @Override
    public boolean differentiable() {
        return false;
    }
}
