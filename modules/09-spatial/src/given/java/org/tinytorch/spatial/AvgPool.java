// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/spatial/AvgPool.java. Read it, don't edit it.
package org.tinytorch.spatial;

import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * The mean of each window, its padding counted as zeros, as {@code torch.nn.functional.avg_pool2d}. Input {@code (N, C, H, W)}, result
 * {@code (N, C, rows, columns)}. Gradients flow by way of {@link AvgPool2d}.
 */
public record AvgPool(Window rows, Window columns) implements Operation {
    /**
     * Checks the padding.
     *
     * @throws IllegalArgumentException if it is more than half of the kernel
     */
    public AvgPool {
        rows.checkPoolPadding("avgPool2d");
        columns.checkPoolPadding("avgPool2d");
    }

    /**
     * The shape of the result.
     *
     * @throws IllegalArgumentException if x is not {@code (N, C, H, W)} or smaller than the window
     */
    public Shape result(Shape x) {
        ImageShape.check("avgPool2d", x);
        return Shape.of(
                x.dim(0),
                x.dim(1),
                ImageShape.outputs("avgPool2d", x, 2, rows),
                ImageShape.outputs("avgPool2d", x, 3, columns));
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        double[] x = inputs[0].data();
        Shape shape = result(inputs[0].shape());
        double[] y = new double[shape.size()];
        double count = count();
        eachPair(inputs[0].shape(), shape, (output, input) -> y[output] += x[input] / count);
        return Tensors.of(y, shape);
    }

    /** How many pixels a window has, padding included; more than an int holds where padding makes up most of it. */
    double count() {
        return (double) rows.size() * columns.size();
    }

    /** Hears of a pixel and a window that it lies in. */
    private interface Pair {
        void meet(int output, int input);
    }

    private void eachPair(Shape x, Shape result, Pair pair) {
        int height = x.dim(2);
        int width = x.dim(3);
        int output = 0;
        for (int plane = 0; plane < x.dim(0) * x.dim(1); plane++) {
            for (int i = 0; i < result.dim(2); i++) {
                for (int j = 0; j < result.dim(3); j++) {
                    for (int a = 0; a < rows.size(); a++) {
                        int row = rows.start(i) + a * rows.dilation();
                        for (int b = 0; row >= 0 && row < height && b < columns.size(); b++) {
                            int column = columns.start(j) + b * columns.dilation();
                            if (column >= 0 && column < width) {
                                pair.meet(output, (plane * height + row) * width + column);
                            }
                        }
                    }
                    output++;
                }
            }
        }
    }

    @Override
    public boolean differentiable() {
        return false;
    }

    /**
     * The gradient of x: each output's is divided evenly among its window. Input: the gradient g of the result.
     *
     * @param pool whose input is meant
     * @param input the shape of x
     */
    public record Gradient(AvgPool pool, Shape input) implements Operation {
        @Override
        public Tensor forward(Tensor... inputs) {
            double[] g = inputs[0].data();
            Shape result = pool.result(input);
            ImageShape.checkGradient("avgPool2d", input, inputs[0].shape(), result);
            double[] gx = new double[input.size()];
            double count = pool.count();
            pool.eachPair(input, result, (output, pixel) -> gx[pixel] += g[output] / count);
            return Tensors.of(gx, input);
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    }
}
