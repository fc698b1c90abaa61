// Yours: tasks 9.5, 9.6. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/spatial/MaxPool.java.
package org.tinytorch.spatial;

import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * The largest pixel of each window, as {@code torch.nn.functional.max_pool2d}. Padding never wins; NaN does. Input {@code (N, C, H, W)}, result
 * {@code (N, C, rows, columns)}. Gradients flow by way of {@link MaxPool2d}.
 */
public record MaxPool(Window rows, Window columns) implements Operation {
    /**
     * Checks the padding.
     *
     * @throws IllegalArgumentException if it is more than half of the kernel, so that a window could see nothing but padding
     */
    public MaxPool {
        rows.checkPoolPadding("maxPool2d");
        columns.checkPoolPadding("maxPool2d");
    }

    /**
     * The shape of the result.
     *
     * @throws IllegalArgumentException if x is not {@code (N, C, H, W)} or smaller than the window, or the taps lie so far apart that a window sees only padding
     */
    public Shape result(Shape x) {
        ImageShape.check("maxPool2d", x);
        return Shape.of(x.dim(0), x.dim(1), outputs(x, 2, rows), outputs(x, 3, columns));
    }

    private static int outputs(Shape x, int axis, Window window) {
        int outputs = ImageShape.outputs("maxPool2d", x, axis, window);
        for (int output = 0; output < outputs; output++) {
            if (!window.meets(output, x.dim(axis))) {
                throw new IllegalArgumentException("maxPool2d: input " + x + ", " + (axis == 2 ? "rows" : "columns")
                        + ": with a dilation of " + window.dilation() + ", window " + output
                        + " steps over the image and sees nothing but padding; use less dilation or no padding");
            }
        }
        return outputs;
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        double[] x = inputs[0].data();
        Shape shape = result(inputs[0].shape());
        double[] y = new double[shape.size()];
        eachWinner(inputs[0], shape, (output, winner) -> y[output] = x[winner]);
        return Tensors.of(y, shape);
    }

    /** Hears which pixel won a window. */
    private interface Winner {
        void found(int output, int input);
    }

    /** Goes through the windows, plane by plane, and names the first of the largest pixels in each. */
    private void eachWinner(Tensor x, Shape result, Winner winner) {
        int height = x.dim(2);
        int width = x.dim(3);
        int output = 0;
        for (int plane = 0; plane < x.dim(0) * x.dim(1); plane++) {
            for (int i = 0; i < result.dim(2); i++) {
                for (int j = 0; j < result.dim(3); j++) {
                    winner.found(output++, largest(x.data(), plane * height * width, height, width, i, j));
                }
            }
        }
    }

    /**
     * Where the largest pixel of one window lies in x: of equal ones the first, row by row, and NaN is larger than all. The padding is no pixel.
     *
     * <p>In the plane {@code [[1, 7], [7, 2]]} that begins at 0, a window of 2 x 2 finds the first 7, at 1.
     *
     * @param plane where the plane begins in x
     * @param height of the plane
     * @param width of the plane
     * @param i which output of the rows
     * @param j which output of the columns
     * @return a position in x, never one outside the plane
     */
    int largest(double[] x, int plane, int height, int width, int i, int j) {
        // region Task 9.5: the winner of a window
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 9.5
        throw new UnsupportedOperationException("Task 9.5: the winner of a window is not written yet: ./tito hint 9.5");
        // endregion
    }

    @Override
    public boolean differentiable() {
        return false;
    }

    /**
     * The gradient of x: each output's goes to the pixel that won, the others get nothing. Inputs: x, and the gradient g of the result.
     *
     * @param pool whose input is meant
     */
    public record Gradient(MaxPool pool) implements Operation {
        /**
         * The gradients, sent to the winners. In the row {@code [1, 9, 2]} two windows of two pixels are both won by the 9; if g is {@code [3, 4]}, it gets 7 and the
         * others 0.
         *
         * @param inputs x and g
         * @return a gradient of x's shape
         */
        @Override
        public Tensor forward(Tensor... inputs) {
            Tensor x = inputs[0];
            double[] g = inputs[1].data();
            Shape result = pool.result(x.shape());
            ImageShape.checkGradient("maxPool2d", x.shape(), inputs[1].shape(), result);
            // region Task 9.6: the winner takes the gradient
            // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 9.6
            throw new UnsupportedOperationException(
                    "Task 9.6: the winner takes the gradient is not written yet: ./tito hint 9.6");
            // endregion
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    }
}
