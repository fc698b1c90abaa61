// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/spatial/AdaptiveAvgPool.java. Read it, don't edit it.
package org.tinytorch.spatial;

import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Divides an image into a grid of cells and takes the mean of each, as {@code torch.nn.functional.adaptive_avg_pool2d}: output {@code i} of {@code n} covers the rows
 * {@code ⌊i·H/n⌋ … ⌈(i+1)·H/n⌉ − 1}, so that neighbours share a row where H is no multiple of n. Input {@code (N, C, H, W)}, result {@code (N, C, height, width)}.
 * Gradients flow by way of {@link AdaptiveAvgPool2d}.
 *
 * @param height rows of the result, at least 1
 * @param width columns of the result, at least 1
 */
public record AdaptiveAvgPool(int height, int width) implements Operation {
    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is less than 1
     */
    public AdaptiveAvgPool {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("adaptiveAvgPool2d: a result of " + height + " x " + width
                    + " is not possible; use at least 1 x 1");
        }
    }

    private static int from(int i, int cells, int length) {
        return (int) ((long) i * length / cells);
    }

    private static int to(int i, int cells, int length) {
        return (int) (((long) (i + 1) * length + cells - 1) / cells);
    }

    /** Hears of a pixel, a cell that it lies in, and its share of the cell's mean. */
    private interface Pair {
        void meet(int output, int input, double share);
    }

    private void eachPair(Shape x, Pair pair) {
        int rows = x.dim(2);
        int columns = x.dim(3);
        int output = 0;
        for (int plane = 0; plane < x.dim(0) * x.dim(1); plane++) {
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < width; j++) {
                    int fromRow = from(i, height, rows);
                    int toRow = to(i, height, rows);
                    int fromColumn = from(j, width, columns);
                    int toColumn = to(j, width, columns);
                    double share = 1.0 / ((toRow - fromRow) * (toColumn - fromColumn));
                    for (int row = fromRow; row < toRow; row++) {
                        for (int column = fromColumn; column < toColumn; column++) {
                            pair.meet(output, (plane * rows + row) * columns + column, share);
                        }
                    }
                    output++;
                }
            }
        }
    }

    private Shape result(Shape x) {
        ImageShape.check("adaptiveAvgPool2d", x);
        return Shape.of(x.dim(0), x.dim(1), height, width);
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        double[] x = inputs[0].data();
        Shape shape = result(inputs[0].shape());
        double[] y = new double[shape.size()];
        eachPair(inputs[0].shape(), (output, input, share) -> y[output] += x[input] * share);
        return Tensors.of(y, shape);
    }

    @Override
    public boolean differentiable() {
        return false;
    }

    /**
     * The gradient of x: each cell's is divided evenly among its pixels. Input: the gradient g of the result.
     *
     * @param pool whose input is meant
     * @param input the shape of x
     */
    public record Gradient(AdaptiveAvgPool pool, Shape input) implements Operation {
        @Override
        public Tensor forward(Tensor... inputs) {
            double[] g = inputs[0].data();
            ImageShape.checkGradient("adaptiveAvgPool2d", input, inputs[0].shape(), pool.result(input));
            double[] gx = new double[input.size()];
            pool.eachPair(input, (output, pixel, share) -> gx[pixel] += g[output] * share);
            return Tensors.of(gx, input);
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    }
}
