package org.tinytorch.spatial;

import org.tinytorch.autograd.Function;
import org.tinytorch.autograd.Saved;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

/**
 * Takes the mean of each window, its padding counted as zeros, like {@code torch.nn.AvgPool2d}.
 *
 * <p>Shapes: as for {@link MaxPool2d}.
 */
public final class AvgPool2d extends Layer {
    private final AvgPool pool;

    /** Windows that lie side by side: the stride is the size of the kernel. */
    public AvgPool2d(int kernel) {
        this(kernel, kernel, 0);
    }

    /**
     * Square windows.
     *
     * @param padding on each side, at most half of the kernel
     */
    public AvgPool2d(int kernel, int stride, int padding) {
        this(Window.of(kernel, stride, padding), Window.of(kernel, stride, padding));
    }

    /** Any windows. */
    public AvgPool2d(Window rows, Window columns) {
        this.pool = new AvgPool(rows, columns);
    }

    /** What the layer computes. */
    public AvgPool pool() {
        return pool;
    }

    @Override
    protected Tensor compute(Tensor x) {
        return new Mean(pool).apply(x);
    }

    /** The operation and its gradient. */
    private static final class Mean extends Function {
        private final AvgPool pool;

        private Mean(AvgPool pool) {
            this.pool = pool;
        }

        @Override
        protected Tensor forward(Tensor... inputs) {
            return Operation.run(pool, inputs);
        }

        @Override
        protected Tensor[] backward(Saved saved, Tensor g) {
            return new Tensor[] {Operation.run(new AvgPool.Gradient(pool, saved.shape(0)), g)};
        }

        @Override
        protected String name() {
            return "AvgPool2d";
        }
    }

    @Override
    protected String options() {
        return Window.describe(pool.rows(), pool.columns());
    }
}
