// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/Products.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.Optional;
import java.util.stream.IntStream;
import org.tinytorch.tensor.IndexWalk;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** The operation {@link MatMul}: every pair of matrices in two stacks that broadcast. */
final class Products implements Kernels {
    /** The product of the two inputs' sizes below which the loops are done before anything is laid out for them: that of two 8 by 8 matrices. */
    static final int SMALL = 64 * 64;

    private final Gemm gemm;
    private final Workers workers;
    private final int smallest;

    /**
     * A stack of several matrices is shared out among the workers, one matrix to one of them; a single matrix is split.
     *
     * @param gemm on one thread
     */
    Products(Gemm gemm, Workers workers) {
        this(gemm, workers, SMALL);
    }

    /** @param smallest product of the sizes that is worth it; for tests */
    Products(Gemm gemm, Workers workers, int smallest) {
        this.gemm = gemm;
        this.workers = workers;
        this.smallest = smallest;
    }

    @Override
    public Optional<Tensor> compute(Operation op, Tensor... inputs) {
        return op instanceof MatMul product && worthIt(inputs[0], inputs[1])
                ? Optional.of(multiply(product, inputs[0], inputs[1]))
                : Optional.empty();
    }

    /** A rough measure, because shapes are checked, and errors raised, by whoever multiplies. */
    private boolean worthIt(Tensor a, Tensor b) {
        return (long) a.size() * b.size() >= smallest;
    }

    /** The whole operation. */
    Tensor multiply(MatMul product, Tensor a, Tensor b) {
        MatMul.Sizes sizes = product.sizes(a.shape(), b.shape());
        int matrices = sizes.batch().size();
        int m = sizes.m();
        int k = sizes.k();
        int n = sizes.n();
        if (k == 0 || sizes.result().size() == 0) {
            return Tensors.zeros(sizes.result());
        }
        double[] out = Results.array(sizes.result().size());
        if (matrices == 1) {
            Matrix left = Matrix.of(a.data(), 0, m, k, product.transposeA());
            Matrix right = Matrix.of(b.data(), 0, k, n, product.transposeB());
            new SplitGemm(gemm, workers).multiply(m, k, n, left, right, new Matrix(out, 0, n, 1), false);
        } else {
            int[] startsA = starts(sizes.batch(), sizes.batchStridesA(), m * k);
            int[] startsB = starts(sizes.batch(), sizes.batchStridesB(), k * n);
            Gemm each = matrices >= workers.threads() ? gemm : new SplitGemm(gemm, workers);
            Workers across = matrices >= workers.threads() ? workers : Workers.NONE;
            int parts = SplitGemm.parts((long) matrices * m * k * n, matrices, across.threads());
            across.share(matrices, parts, (from, to) -> {
                for (int matrix = from; matrix < to; matrix++) {
                    Matrix left = Matrix.of(a.data(), startsA[matrix], m, k, product.transposeA());
                    Matrix right = Matrix.of(b.data(), startsB[matrix], k, n, product.transposeB());
                    each.multiply(m, k, n, left, right, new Matrix(out, matrix * m * n, n, 1), false);
                }
            });
        }
        return Results.tensor(out, sizes.result());
    }

    /** Where each matrix of a stack begins, when the stack broadcasts to {@code batch}. */
    private static int[] starts(Shape batch, int[] strides, int size) {
        IndexWalk walk = new IndexWalk(batch, strides);
        return IntStream.range(0, batch.size())
                .map(matrix -> {
                    int start = walk.position(0) * size;
                    walk.next();
                    return start;
                })
                .toArray();
    }
}
