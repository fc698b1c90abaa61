// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/spatial/AdaptiveAvgPool2d.java. Read it, don't edit it.
package org.tinytorch.spatial;

import org.tinytorch.autograd.Function;
import org.tinytorch.autograd.Saved;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

/**
 * Takes the means of a grid of cells, so that images of any size become feature maps of one, like {@code torch.nn.AdaptiveAvgPool2d}.
 *
 * <p>Shapes: {@code (N, C, H, W)} to {@code (N, C, rows, columns)}.
 */
public final class AdaptiveAvgPool2d extends Layer {
    private final AdaptiveAvgPool pool;

    /** A grid of so many rows and columns. */
    public AdaptiveAvgPool2d(int rows, int columns) {
        this.pool = new AdaptiveAvgPool(rows, columns);
    }

    /** What the layer computes. */
    public AdaptiveAvgPool pool() {
        return pool;
    }

    @Override
    protected Tensor compute(Tensor x) {
        return new Mean(pool).apply(x);
    }

    /** The operation and its gradient. */
    private static final class Mean extends Function {
        private final AdaptiveAvgPool pool;

        private Mean(AdaptiveAvgPool pool) {
            this.pool = pool;
        }

        @Override
        protected Tensor forward(Tensor... inputs) {
            return Operation.run(pool, inputs);
        }

        @Override
        protected Tensor[] backward(Saved saved, Tensor g) {
            return new Tensor[] {Operation.run(new AdaptiveAvgPool.Gradient(pool, saved.shape(0)), g)};
        }

        @Override
        protected String name() {
            return "AdaptiveAvgPool2d";
        }
    }

    @Override
    protected String options() {
        return pool.height() + "x" + pool.width();
    }
}
