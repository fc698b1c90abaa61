// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/spatial/MaxPool2d.java. Read it, don't edit it.
package org.tinytorch.spatial;

import org.tinytorch.autograd.Function;
import org.tinytorch.autograd.Saved;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

/**
 * Keeps the largest pixel of each window, like {@code torch.nn.MaxPool2d}: what matters is that a feature was found, not exactly where.
 *
 * <p>Shapes: {@code (N, C, H, W)} to {@code (N, C, rows, columns)} with {@code rows = ⌊(H + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1}, columns
 * likewise. Of equal pixels the first gets the gradient.
 */
public final class MaxPool2d extends Layer {
    private final MaxPool pool;

    /** Windows that lie side by side: the stride is the size of the kernel. */
    public MaxPool2d(int kernel) {
        this(kernel, kernel, 0);
    }

    /**
     * Square windows.
     *
     * @param padding on each side, at most half of the kernel; never the largest
     */
    public MaxPool2d(int kernel, int stride, int padding) {
        this(Window.of(kernel, stride, padding), Window.of(kernel, stride, padding));
    }

    /** Any windows. */
    public MaxPool2d(Window rows, Window columns) {
        this.pool = new MaxPool(rows, columns);
    }

    /** What the layer computes. */
    public MaxPool pool() {
        return pool;
    }

    @Override
    protected Tensor compute(Tensor x) {
        return new Max(pool).apply(x);
    }

    /** The operation and its gradient. */
    private static final class Max extends Function {
        private final MaxPool pool;

        private Max(MaxPool pool) {
            this.pool = pool;
        }

        @Override
        protected Tensor forward(Tensor... inputs) {
            return Operation.run(pool, inputs);
        }

        @Override
        protected Tensor[] backward(Saved saved, Tensor g) {
            return new Tensor[] {Operation.run(new MaxPool.Gradient(pool), saved.input(0), g)};
        }

        @Override
        protected String name() {
            return "MaxPool2d";
        }
    }

    @Override
    protected String options() {
        return Window.describe(pool.rows(), pool.columns());
    }
}
