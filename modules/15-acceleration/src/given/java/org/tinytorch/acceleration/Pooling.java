// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/Pooling.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.Arrays;
import java.util.Optional;
import org.tinytorch.spatial.MaxPool;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/** Maxima of windows that lie side by side: square or oblong, without padding, the stride as large as the window. Others are left to their own loops. */
final class Pooling implements Kernels {
    /** Pixels that take some three times as long as handing a part to another thread. */
    private static final int WORTH_A_THREAD = 16_384;

    private final Workers workers;

    Pooling(Workers workers) {
        this.workers = workers;
    }

    @Override
    public Optional<Tensor> compute(Operation op, Tensor... inputs) {
        if (op instanceof MaxPool pool && isPlain(pool)) {
            return Optional.of(forward(pool, inputs[0]));
        }
        if (op instanceof MaxPool.Gradient gradient && isPlain(gradient.pool())) {
            Tensor x = inputs[0];
            Tensor g = inputs[1];
            return g.shape().equals(gradient.pool().result(x.shape()))
                    ? Optional.of(gradient(gradient.pool(), x, g))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isPlain(MaxPool pool) {
        return isPlain(pool.rows()) && isPlain(pool.columns());
    }

    private static boolean isPlain(Window window) {
        return window.stride() == window.size()
                && window.dilation() == 1
                && window.before() == 0
                && window.after() == 0;
    }

    private Tensor forward(MaxPool pool, Tensor input) {
        Shape shape = pool.result(input.shape());
        double[] x = input.data();
        double[] y = Results.array(shape.size());
        int width = input.dim(3);
        int outWidth = shape.dim(3);
        planes(pool, input, shape, (row, at) -> largest(pool, x, at, width, y, row * outWidth, outWidth));
        return Results.tensor(y, shape);
    }

    private Tensor gradient(MaxPool pool, Tensor input, Tensor gradient) {
        double[] x = input.data();
        double[] g = gradient.data();
        int width = input.dim(3);
        int outWidth = gradient.dim(3);
        double[] gx = Results.array(x.length);
        if (input.dim(2) % pool.rows().size() > 0) { // rows that no window sees
            Arrays.fill(gx, 0);
        }
        planes(
                pool,
                input,
                gradient.shape(),
                (row, at) -> toTheLargest(pool, x, at, width, g, row * outWidth, outWidth, gx));
        return Results.tensor(gx, input.shape());
    }

    /** One row of results. */
    private interface Row {
        /** Its number, and where the first pixel of its windows lies. */
        void run(int row, int at);
    }

    /** Shares out the planes among the threads. */
    private void planes(MaxPool pool, Tensor input, Shape result, Row each) {
        int height = input.dim(2);
        int width = input.dim(3);
        int outHeight = result.dim(2);
        workers.share(result.dim(0) * result.dim(1), input.size() / WORTH_A_THREAD, (from, to) -> {
            for (int row = from * outHeight; row < to * outHeight; row++) {
                each.run(
                        row,
                        (row / outHeight * height
                                        + row % outHeight * pool.rows().size())
                                * width);
            }
        });
    }

    private static void largest(MaxPool pool, double[] x, int at, int width, double[] y, int to, int count) {
        int rows = pool.rows().size();
        int columns = pool.columns().size();
        if (rows == 2 && columns == 2) {
            largestOfFour(x, at, at + width, y, to, count);
            return;
        }
        for (int j = 0; j < count; j++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int a = 0; a < rows; a++) {
                int from = at + a * width + j * columns;
                for (int b = 0; b < columns; b++) {
                    best = Math.max(best, x[from + b]); // a NaN stays
                }
            }
            y[to + j] = best;
        }
    }

    private static void largestOfFour(double[] x, int upper, int lower, double[] y, int to, int count) {
        for (int j = 0; j < count; j++) {
            int a = upper + 2 * j;
            int b = lower + 2 * j;
            y[to + j] = Math.max(Math.max(x[a], x[a + 1]), Math.max(x[b], x[b + 1]));
        }
    }

    private static void toTheLargest(
            MaxPool pool, double[] x, int at, int width, double[] g, int from, int count, double[] gx) {
        int rows = pool.rows().size();
        int columns = pool.columns().size();
        int done = rows == 2 && columns == 2 ? PoolingLoops.toTheLargestOfFour(x, at, width, g, from, count, gx) : 0;
        if (done * columns < width) {
            for (int a = 0; a < rows; a++) {
                Arrays.fill(gx, at + a * width + done * columns, at + (a + 1) * width, 0);
            }
        }
        for (int j = done; j < count; j++) {
            int winner = at + j * columns;
            for (int a = 0; a < rows; a++) {
                int row = at + a * width + j * columns;
                for (int here = row; here < row + columns; here++) {
                    // not !(x[here] <= x[winner]): of two NaN the later wins, as in the operation itself
                    winner = x[here] > x[winner] || Double.isNaN(x[here]) ? here : winner;
                }
            }
            gx[winner] = g[from + j];
        }
    }
}
