// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/IntegerKernels.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.Optional;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.tinytorch.acceleration.KernelProvider;
import org.tinytorch.acceleration.Kernels;
import org.tinytorch.acceleration.Workers;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * {@link IntegerProduct} with vectors: bytes are widened to integers as they are loaded, multiplied and added up. Sums of integers have no rounding, so that the result is that of the plain loops to the
 * last bit.
 *
 * <p>A product with one row reads each weight once and waits for the memory: it is read from beginning to end, row after row, which is what processors load ahead best. (Four rows of the weight at once, as for
 * doubles, took twice as long.)
 */
public final class IntegerKernels implements KernelProvider {
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(INTS.length() * Byte.SIZE));
    private static final int LANES = INTS.length();

    /** Multiply-adds that are worth another thread. */
    private static final int WORTH_A_THREAD = 32_768;

    /** For the {@link java.util.ServiceLoader}. */
    public IntegerKernels() {}

    @Override
    public Kernels kernels(Workers workers) {
        return (op, inputs) -> compute(workers, op, inputs);
    }

    private static Optional<Tensor> compute(Workers workers, Operation op, Tensor... inputs) {
        if (!(op instanceof IntegerProduct product)) {
            return Optional.empty();
        }
        product.check(inputs[0]);
        int rows = inputs[0].dim(0);
        int in = product.in();
        int out = product.out();
        int[] q = new int[rows * in];
        double[] scales = new double[rows];
        for (int row = 0; row < rows; row++) {
            scales[row] = product.quantize(inputs[0], row, q, row * in);
        }
        double[] y = new double[Shape.of(rows, out).size()]; // which fails where there would be too many
        long work = (long) rows * in * out;
        workers.share(out, (int) Math.min(out, work / WORTH_A_THREAD), (from, to) -> {
            int[] four = new int[4];
            for (int j = from; j < to; j++) {
                output(product, j, q, scales, four, y);
            }
        });
        return Optional.of(Tensors.of(y, rows, out));
    }

    /** One output for all rows: four at a time, which share the weights that were loaded. */
    private static void output(IntegerProduct product, int j, int[] q, double[] scales, int[] four, double[] y) {
        int in = product.in();
        int out = product.out();
        byte[] weights = product.weight().values();
        for (int from = 0; from < in; from += product.run()) {
            double scale = product.scaleOf(j, from);
            int length = Math.min(in - from, product.run());
            int row = 0;
            for (; row + 4 <= scales.length; row += 4) {
                dots(q, row * in + from, in, weights, j * in + from, length, four);
                for (int i = 0; i < 4; i++) {
                    y[(row + i) * out + j] += four[i] * (scales[row + i] * scale);
                }
            }
            for (; row < scales.length; row++) {
                y[row * out + j] += dot(q, row * in + from, weights, j * in + from, length) * (scales[row] * scale);
            }
        }
    }

    private static IntVector load(byte[] weights, int at) {
        return (IntVector) ByteVector.fromArray(BYTES, weights, at).convertShape(VectorOperators.B2I, INTS, 0);
    }

    /** Four sums side by side, as each addition waits for the one before. */
    private static int dot(int[] q, int qAt, byte[] weights, int at, int length) {
        IntVector s0 = IntVector.zero(INTS);
        IntVector s1 = s0;
        IntVector s2 = s0;
        IntVector s3 = s0;
        int p = 0;
        for (; p + 4 * LANES <= length; p += 4 * LANES) {
            s0 = load(weights, at + p)
                    .mul(IntVector.fromArray(INTS, q, qAt + p))
                    .add(s0);
            s1 = load(weights, at + p + LANES)
                    .mul(IntVector.fromArray(INTS, q, qAt + p + LANES))
                    .add(s1);
            s2 = load(weights, at + p + 2 * LANES)
                    .mul(IntVector.fromArray(INTS, q, qAt + p + 2 * LANES))
                    .add(s2);
            s3 = load(weights, at + p + 3 * LANES)
                    .mul(IntVector.fromArray(INTS, q, qAt + p + 3 * LANES))
                    .add(s3);
        }
        int sum = s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
        for (; p < length; p++) {
            sum += q[qAt + p] * weights[at + p];
        }
        return sum;
    }

    /** The sums of four rows of q, which lie {@code stride} apart. */
    private static void dots(int[] q, int qAt, int stride, byte[] weights, int at, int length, int[] sums) {
        IntVector s0 = IntVector.zero(INTS);
        IntVector s1 = s0;
        IntVector s2 = s0;
        IntVector s3 = s0;
        int q1 = qAt + stride;
        int q2 = q1 + stride;
        int q3 = q2 + stride;
        int p = 0;
        for (; p + LANES <= length; p += LANES) {
            IntVector w = load(weights, at + p);
            s0 = w.mul(IntVector.fromArray(INTS, q, qAt + p)).add(s0);
            s1 = w.mul(IntVector.fromArray(INTS, q, q1 + p)).add(s1);
            s2 = w.mul(IntVector.fromArray(INTS, q, q2 + p)).add(s2);
            s3 = w.mul(IntVector.fromArray(INTS, q, q3 + p)).add(s3);
        }
        sums[0] = s0.reduceLanes(VectorOperators.ADD) + rest(q, qAt, weights, at, p, length);
        sums[1] = s1.reduceLanes(VectorOperators.ADD) + rest(q, q1, weights, at, p, length);
        sums[2] = s2.reduceLanes(VectorOperators.ADD) + rest(q, q2, weights, at, p, length);
        sums[3] = s3.reduceLanes(VectorOperators.ADD) + rest(q, q3, weights, at, p, length);
    }

    private static int rest(int[] q, int qAt, byte[] weights, int at, int from, int to) {
        int sum = 0;
        for (int p = from; p < to; p++) {
            sum += q[qAt + p] * weights[at + p];
        }
        return sum;
    }
}
