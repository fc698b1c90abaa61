// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/BinaryKernels.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.Arrays;
import java.util.Optional;
import org.tinytorch.tensor.Binary;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/**
 * Arithmetic of two tensors of which one has the shape of the result, and the other is of the same shape, repeats as it is (a bias), is one number for each row
 * (a mean), or a single number. Other broadcasts are left to the operation's own loops.
 */
final class BinaryKernels implements Kernels {
    /** Fewer elements are done before anything is looked up. */
    static final int SMALL = 32;

    /** Elements that take some three times as long as handing a part to another thread. */
    private static final int WORTH_A_THREAD = 32_768;

    /** A repeated number is laid out so many times, and these read again and again. */
    private static final int BLOCK = 512;

    private final Workers workers;
    private final int fewest;

    /** @param fewest elements that are worth it, at least 1; {@link #SMALL} but for tests */
    BinaryKernels(Workers workers, int fewest) {
        this.workers = workers;
        this.fewest = fewest;
    }

    /** {@code out = a ∘ b} over a range. */
    private interface Loop {
        void run(double[] a, int aAt, double[] b, int bAt, double[] out, int outAt, int length);

        /** The same with the sides exchanged. */
        default Loop swapped() {
            return (a, aAt, b, bAt, out, outAt, length) -> run(b, bAt, a, aAt, out, outAt, length);
        }
    }

    @Override
    public Optional<Tensor> compute(Operation op, Tensor... inputs) {
        if (!(op instanceof Binary binary) || Math.max(inputs[0].size(), inputs[1].size()) < fewest) {
            return Optional.empty();
        }
        Optional<Loop> loop = loop(binary);
        if (loop.isEmpty()) {
            return Optional.empty();
        }
        return inputs[0].size() >= inputs[1].size()
                ? combine(loop.get(), inputs[0], inputs[1])
                : combine(loop.get().swapped(), inputs[1], inputs[0]);
    }

    private static Optional<Loop> loop(Binary op) {
        return switch (op) {
            case ADD -> Optional.of(PlainLoops::add);
            case SUB -> Optional.of(PlainLoops::subtract);
            case MUL -> Optional.of(PlainLoops::multiply);
            case DIV -> Optional.of(PlainLoops::divide);
            default -> Optional.empty();
        };
    }

    /** @param whole of the shape of the result, if these kernels are to do it */
    private Optional<Tensor> combine(Loop loop, Tensor whole, Tensor other) {
        Shape shape = whole.shape();
        if (shape.equals(other.shape())) {
            return Optional.of(sameShape(loop, whole, other));
        }
        if (other.size() == 0 || other.rank() > whole.rank()) {
            return Optional.empty();
        }
        if (other.size() == 1) {
            return Optional.of(oneNumber(loop, whole, other.data()[0]));
        }
        if (isRowOf(other.shape(), shape)) {
            return Optional.of(repeatedRow(loop, whole, other));
        }
        return isColumnOf(other.shape(), shape) ? Optional.of(oneNumberPerRow(loop, whole, other)) : Optional.empty();
    }

    /** Whether a shape is that of the last axes of another. */
    private static boolean isRowOf(Shape row, Shape whole) {
        boolean fits = true;
        for (int fromEnd = 1; fits && fromEnd <= row.rank(); fromEnd++) {
            fits = row.dim(-fromEnd) == whole.dim(-fromEnd);
        }
        return fits;
    }

    /** Whether a shape is that of another but for a 1 as its last axis. */
    private static boolean isColumnOf(Shape column, Shape whole) {
        return column.dim(-1) == 1 && column.equals(whole.with(-1, 1));
    }

    private Tensor sameShape(Loop loop, Tensor whole, Tensor other) {
        double[] x = whole.data();
        double[] y = other.data();
        double[] out = Results.array(x.length);
        share(x.length, x.length, (from, to) -> loop.run(x, from, y, from, out, from, to - from));
        return Results.tensor(out, whole.shape());
    }

    private Tensor repeatedRow(Loop loop, Tensor whole, Tensor row) {
        double[] x = whole.data();
        double[] y = row.data();
        double[] out = Results.array(x.length);
        share(x.length / y.length, x.length, (from, to) -> {
            for (int at = from * y.length; at < to * y.length; at += y.length) {
                loop.run(x, at, y, 0, out, at, y.length);
            }
        });
        return Results.tensor(out, whole.shape());
    }

    private Tensor oneNumberPerRow(Loop loop, Tensor whole, Tensor column) {
        double[] x = whole.data();
        double[] y = column.data();
        int length = whole.dim(-1);
        double[] out = Results.array(x.length);
        share(y.length, x.length, (from, to) -> {
            double[] laidOut = new double[Math.min(BLOCK, length)];
            for (int row = from; row < to; row++) {
                Arrays.fill(laidOut, y[row]);
                inBlocks(loop, x, laidOut, out, row * length, (row + 1) * length);
            }
        });
        return Results.tensor(out, whole.shape());
    }

    private Tensor oneNumber(Loop loop, Tensor whole, double y) {
        double[] x = whole.data();
        double[] out = Results.array(x.length);
        double[] laidOut = new double[Math.min(BLOCK, x.length)];
        Arrays.fill(laidOut, y);
        share(x.length, x.length, (from, to) -> inBlocks(loop, x, laidOut, out, from, to));
        return Results.tensor(out, whole.shape());
    }

    private static void inBlocks(Loop loop, double[] x, double[] laidOut, double[] out, int from, int to) {
        for (int at = from; at < to; at += laidOut.length) {
            loop.run(x, at, laidOut, 0, out, at, Math.min(laidOut.length, to - at));
        }
    }

    private void share(int count, int work, Workers.Range range) {
        workers.share(count, work / WORTH_A_THREAD, range);
    }
}
