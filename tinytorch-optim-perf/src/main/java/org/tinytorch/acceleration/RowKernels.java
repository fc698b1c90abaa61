package org.tinytorch.acceleration;

import java.util.List;
import java.util.Optional;
import org.tinytorch.activation.LogSoftmax;
import org.tinytorch.activation.Softmax;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Reduce;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/**
 * What works row by row: sums over the first axes or the last ones, maxima over the last ones, softmax along the last axis. Whatever else these operations can do is
 * left to their own loops.
 */
final class RowKernels implements Kernels {
    /** Fewer elements are done before anything is looked up. */
    static final int SMALL = 32;

    /** Additions that take some three times as long as handing a part to another thread. */
    private static final int WORTH_A_THREAD = 65_536;

    /** The same for the exponentials of a softmax. */
    private static final int EXPONENTIALS_WORTH_A_THREAD = 4096;

    /** Exponentials that are computed together if rows are short. */
    private static final int BLOCK = 512;

    private final Workers workers;
    private final int fewest;

    /** @param fewest elements that are worth it, at least 1; {@link #SMALL} but for tests */
    RowKernels(Workers workers, int fewest) {
        this.workers = workers;
        this.fewest = fewest;
    }

    @Override
    public Optional<Tensor> compute(Operation op, Tensor... inputs) {
        if (inputs[0].size() < fewest) {
            return Optional.empty();
        }
        if (op instanceof Reduce reduce) {
            return reduction(reduce, inputs[0]);
        }
        if (op instanceof Softmax softmax) {
            return isLast(softmax.axis(), inputs[0]) ? Optional.of(softmax(inputs[0], false)) : Optional.empty();
        }
        if (op instanceof LogSoftmax softmax) {
            return isLast(softmax.axis(), inputs[0]) ? Optional.of(softmax(inputs[0], true)) : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isLast(int axis, Tensor tensor) {
        return axis == tensor.rank() - 1;
    }

    // ---- reductions

    private Optional<Tensor> reduction(Reduce reduce, Tensor input) {
        List<Integer> axes = reduce.axes(); // ascending
        int count = axes.size();
        boolean first = count == 0 || axes.get(count - 1) == count - 1;
        boolean last = count == 0 || axes.get(0) == input.rank() - count;
        Shape kept = reduce.kept(input.shape());
        boolean known = reduce.kind() == Reduce.Kind.SUM ? first || last : reduce.kind() == Reduce.Kind.MAX && last;
        if (!known || kept.size() == 0) {
            return Optional.empty();
        }
        double[] out = last ? reduceRows(reduce.kind(), input, kept.size()) : sumOfRows(input, kept.size());
        return Optional.of(Results.tensor(out, reduce.result(input.shape())));
    }

    /** One sum or maximum per row. */
    private double[] reduceRows(Reduce.Kind kind, Tensor input, int rows) {
        double[] x = input.data();
        int length = input.size() / rows;
        double[] out = Results.array(rows);
        share(rows, input.size(), WORTH_A_THREAD, (from, to) -> {
            for (int row = from; row < to; row++) {
                int at = row * length;
                out[row] = kind == Reduce.Kind.SUM ? PlainLoops.sum(x, at, at + length) : RowLoops.max(x, at, length);
            }
        });
        return out;
    }

    /** The sum of all rows: one after the other is added to the first, in the columns that fall to each thread. */
    private double[] sumOfRows(Tensor input, int length) {
        double[] x = input.data();
        int rows = input.size() / length;
        double[] out = Results.array(length);
        share(length, input.size(), WORTH_A_THREAD, (from, to) -> {
            System.arraycopy(x, from, out, from, to - from);
            for (int row = 1; row < rows; row++) {
                PlainLoops.add(out, from, x, row * length + from, out, from, to - from);
            }
        });
        return out;
    }

    // ---- softmax

    private Tensor softmax(Tensor input, boolean log) {
        int length = input.dim(-1);
        double[] x = input.data();
        double[] out = Results.array(input.size());
        share(input.size() / length, input.size(), EXPONENTIALS_WORTH_A_THREAD, (from, to) -> {
            int together = Math.max(1, Math.min(to - from, BLOCK / length));
            double[] room = new double[together * length];
            for (int row = from; row < to; row += together) {
                int rows = Math.min(together, to - row);
                if (log) {
                    logSoftmaxRows(x, row * length, rows, length, room, out);
                } else {
                    softmaxRows(x, row * length, rows, length, room, out);
                }
            }
        });
        return Results.tensor(out, input.shape());
    }

    /** Some rows at once, so that the exponentials of short rows fill vectors too. */
    private static void softmaxRows(double[] x, int at, int rows, int length, double[] room, double[] out) {
        int size = rows * length;
        subtractMaxima(x, at, size, length, room, 0);
        UnaryLoops.run(UnaryLoops::exp, room, 0, out, at, size);
        for (int row = at; row < at + size; row += length) {
            RowLoops.scale(out, row, length, 1 / PlainLoops.sum(out, row, row + length));
        }
    }

    private static void logSoftmaxRows(double[] x, int at, int rows, int length, double[] room, double[] out) {
        int size = rows * length;
        subtractMaxima(x, at, size, length, out, at);
        UnaryLoops.run(UnaryLoops::exp, out, at, room, 0, size);
        for (int row = 0; row < size; row += length) {
            double logSum = Math.log(PlainLoops.sum(room, row, row + length));
            RowLoops.minus(out, at + row, logSum, out, at + row, length);
        }
    }

    private static void subtractMaxima(double[] x, int at, int size, int length, double[] out, int outAt) {
        for (int row = 0; row < size; row += length) {
            double max = RowLoops.max(x, at + row, length);
            RowLoops.minus(x, at + row, max, out, outAt + row, length);
        }
    }

    /** Shares out {@code count} pieces of {@code work} elements in all; no result depends on where the cuts are. */
    private void share(int count, int work, int worthAThread, Workers.Range range) {
        workers.share(count, work / worthAThread, range);
    }
}
