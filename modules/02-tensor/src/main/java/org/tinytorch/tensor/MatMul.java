// Yours: task 2.5. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/MatMul.java.
package org.tinytorch.tensor;

import java.util.Arrays;

/**
 * The matrix product {@code (…, m, k) x (…, k, n) → (…, m, n)}; the leading axes broadcast. Either side can be read as transposed, which saves copying it.
 *
 * @param transposeA whether the left input is given as {@code (…, k, m)}
 * @param transposeB whether the right input is given as {@code (…, n, k)}
 */
public record MatMul(boolean transposeA, boolean transposeB) implements Operation {
    private static final Shape NO_AXES = Shape.of();
    private static final int[] NO_STRIDES = {};

    /** The product of two matrices or stacks of matrices, without and with reading a side as transposed. */
    public static Tensor of(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
        return Operation.run(new MatMul(transposeA, transposeB), a, b);
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        Sizes sizes = sizes(inputs[0].shape(), inputs[1].shape());
        double[] out = new double[sizes.result().size()];
        IndexWalk batch = new IndexWalk(sizes.batch(), sizes.batchStridesA(), sizes.batchStridesB());
        for (int matrix = 0; matrix < sizes.batch().size(); matrix++) {
            int aStart = batch.position(0) * sizes.m() * sizes.k();
            int bStart = batch.position(1) * sizes.k() * sizes.n();
            multiply(inputs[0].data(), aStart, inputs[1].data(), bStart, out, matrix * sizes.m() * sizes.n(), sizes);
            batch.next();
        }
        return Tensors.of(out, sizes.result());
    }

    /** {@code c[i][j] = Σₚ a[i][p] · b[p][j]} for one pair of matrices, each beginning somewhere in its array; c is all zeros before. */
    private void multiply(double[] a, int aStart, double[] b, int bStart, double[] c, int cStart, Sizes sizes) {
        int m = sizes.m();
        int k = sizes.k();
        int n = sizes.n();
        // region Task 2.5: matrix product with plain loops
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 2.5
        throw new UnsupportedOperationException(
                "Task 2.5: matrix product with plain loops is not written yet: ./tito hint 2.5");
        // endregion
    }

    /**
     * Checks two shapes and works out the sizes.
     *
     * @throws IllegalArgumentException if a side has fewer than two axes, the inner dimensions differ or the leading axes do not broadcast
     */
    public Sizes sizes(Shape a, Shape b) {
        if (a.rank() < 2 || b.rank() < 2) {
            throw new IllegalArgumentException(
                    "matmul: both sides need at least one axis, and two inside an operation: " + a + " x " + b
                            + "; reshape or unsqueeze first");
        }
        int m = a.dim(transposeA ? -1 : -2);
        int k = a.dim(transposeA ? -2 : -1);
        int n = b.dim(transposeB ? -2 : -1);
        if (k != b.dim(transposeB ? -1 : -2)) {
            throw new IllegalArgumentException("matmul: inner dimensions differ: " + a + (transposeA ? "ᵀ" : "") + " x "
                    + b + (transposeB ? "ᵀ" : "")
                    + "; the last of the left must equal the second to last of the right");
        }
        if (a.rank() == 2 && b.rank() == 2) { // by far the most frequent, and a small product is soon done
            return new Sizes(m, k, n, NO_AXES, NO_STRIDES, NO_STRIDES, Shape.of(m, n));
        }
        Shape batchA = leading(a);
        Shape batchB = leading(b);
        Shape batch = batch(a, b);
        int[] result = Arrays.copyOf(batch.dims(), batch.rank() + 2);
        result[batch.rank()] = m;
        result[batch.rank() + 1] = n;
        return new Sizes(m, k, n, batch, batchA.stridesWithin(batch), batchB.stridesWithin(batch), Shape.of(result));
    }

    private static Shape batch(Shape a, Shape b) {
        try {
            return leading(a).broadcast(leading(b));
        } catch (IllegalArgumentException mismatch) {
            throw new IllegalArgumentException(
                    "matmul: the leading axes of " + a + " x " + b + " do not fit: " + mismatch.getMessage(), mismatch);
        }
    }

    private static Shape leading(Shape shape) {
        return Shape.of(Arrays.copyOf(shape.dims(), shape.rank() - 2));
    }

    /** The sizes of a product: rows, inner dimension, columns, the stack of matrices, how each side moves through it (counted in matrices), the result. */
    @SuppressWarnings("ArrayRecordComponent") // read once by the loops, never compared
    public record Sizes(int m, int k, int n, Shape batch, int[] batchStridesA, int[] batchStridesB, Shape result) {}
}
