package org.tinytorch.testing;

import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;

import java.util.Arrays;
import java.util.List;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** The matrix product, plain and reading its sides as transposed. */
final class MatMulSpecs {
    private MatMulSpecs() {}

    static List<OperationSpec> all() {
        OperationSpec.Builder spec = OperationSpec.of("matmul", MatMul.class).tolerance(1e-13);
        for (boolean ta : new boolean[] {false, true}) {
            for (boolean tb : new boolean[] {false, true}) {
                MatMul op = new MatMul(ta, tb);
                for (int[][] batches : List.of(
                        new int[][] {{}, {}},
                        new int[][] {{2}, {2}},
                        new int[][] {{2}, {}},
                        new int[][] {{}, {2}},
                        new int[][] {{2, 1}, {3}},
                        new int[][] {{1}, {3, 1}},
                        new int[][] {{0}, {1}})) {
                    spec.sample(
                            op,
                            in -> product(op, in[0], in[1]),
                            side(1, ta, batches[0], 2, 3),
                            side(2, tb, batches[1], 3, 4));
                }
                spec.sample(
                                op,
                                in -> product(op, in[0], in[1]),
                                side(1, ta, new int[] {}, 1, 1),
                                side(2, tb, new int[] {}, 1, 1))
                        .sample(
                                op,
                                in -> product(op, in[0], in[1]),
                                side(1, ta, new int[] {}, 2, 0),
                                side(2, tb, new int[] {}, 0, 3))
                        .sample(
                                op,
                                in -> product(op, in[0], in[1]),
                                side(1, ta, new int[] {}, 0, 2),
                                side(2, tb, new int[] {}, 2, 3));
            }
        }
        MatMul plain = new MatMul(false, false);
        return List.of(
                spec.special(
                                plain,
                                Tensors.of(new double[][] {{NaN, NaN}, {1, POSITIVE_INFINITY}}),
                                Tensors.of(new double[][] {{NaN, 0}, {0, 1}}),
                                Tensors.of(new double[][] {{1, 1}, {1, POSITIVE_INFINITY}}))
                        .rejects(
                                IllegalArgumentException.class,
                                "matmul: inner dimensions differ: (32, 784) x (128, 10)",
                                plain,
                                Tensors.zeros(32, 784),
                                Tensors.zeros(128, 10))
                        .rejects(
                                IllegalArgumentException.class,
                                "matmul: inner dimensions differ: (2, 3)ᵀ x (3, 4)ᵀ",
                                new MatMul(true, true),
                                Tensors.zeros(2, 3),
                                Tensors.zeros(3, 4))
                        .rejects(
                                IllegalArgumentException.class,
                                "matmul: the leading axes of (2, 4, 5) x (3, 5, 4) do not fit: broadcast: shapes (2,) and",
                                plain,
                                Tensors.zeros(2, 4, 5),
                                Tensors.zeros(3, 5, 4))
                        .rejects(
                                IllegalArgumentException.class,
                                "matmul: both sides need at least one axis",
                                () -> Tensors.scalar(2).matmul(Tensors.ones(2, 2)))
                        .rejects(
                                IllegalArgumentException.class, "matmul: inner dimensions differ", () -> Tensors.ones(3)
                                        .matmul(Tensors.ones(4)))
                        .build(),
                vectors());
    }

    /** The method {@link Tensor#matmul}, where a vector counts as a row on the left and as a column on the right. */
    private static OperationSpec vectors() {
        return OperationSpec.of("matmul of vectors", MatMul.class)
                .tolerance(1e-13)
                .computation(
                        "vector · vector",
                        in -> in[0].matmul(in[1]),
                        MatMulSpecs::vectorProduct,
                        Values.spread(1, -1, 1, 3),
                        Values.spread(2, -1, 1, 3))
                .computation(
                        "matrix · vector",
                        in -> in[0].matmul(in[1]),
                        MatMulSpecs::vectorProduct,
                        Values.spread(1, -1, 1, 2, 3),
                        Values.spread(2, -1, 1, 3))
                .computation(
                        "vector · matrix",
                        in -> in[0].matmul(in[1]),
                        MatMulSpecs::vectorProduct,
                        Values.spread(1, -1, 1, 3),
                        Values.spread(2, -1, 1, 3, 2))
                .computation(
                        "stack · vector",
                        in -> in[0].matmul(in[1]),
                        MatMulSpecs::vectorProduct,
                        Values.spread(1, -1, 1, 2, 2, 3),
                        Values.spread(2, -1, 1, 3))
                .computation(
                        "vector · stack",
                        in -> in[0].matmul(in[1]),
                        MatMulSpecs::vectorProduct,
                        Values.spread(1, -1, 1, 3),
                        Values.spread(2, -1, 1, 2, 3, 2))
                .build();
    }

    private static Tensor side(int stream, boolean transposed, int[] batch, int rows, int columns) {
        int[] dims = Arrays.copyOf(batch, batch.length + 2);
        dims[batch.length] = transposed ? columns : rows;
        dims[batch.length + 1] = transposed ? rows : columns;
        return Values.spread(stream, -2, 2, dims);
    }

    private static Tensor product(MatMul op, Tensor a, Tensor b) {
        int m = a.dim(op.transposeA() ? -1 : -2);
        int k = a.dim(op.transposeA() ? -2 : -1);
        int n = b.dim(op.transposeB() ? -2 : -1);
        int[] batch = Naive.broadcast(leading(a), leading(b));
        int[] dims = Naive.insert(Naive.insert(batch, batch.length, m), batch.length + 1, n);
        return Naive.fill(dims, index -> {
            int row = index[dims.length - 2];
            int column = index[dims.length - 1];
            double sum = 0;
            for (int p = 0; p < k; p++) {
                sum += entry(a, index, op.transposeA() ? p : row, op.transposeA() ? row : p)
                        * entry(b, index, op.transposeB() ? column : p, op.transposeB() ? p : column);
            }
            return sum;
        });
    }

    private static int[] leading(Tensor tensor) {
        return Arrays.copyOf(tensor.shape().dims(), tensor.rank() - 2);
    }

    /** The entry of the matrix that a result's index belongs to, in a stack that may be broadcast. */
    private static double entry(Tensor stack, int[] index, int row, int column) {
        int[] own = new int[stack.rank()];
        for (int axis = 0; axis < own.length - 2; axis++) {
            own[axis] = stack.dim(axis) == 1 ? 0 : index[index.length - own.length + axis];
        }
        own[own.length - 2] = row;
        own[own.length - 1] = column;
        return stack.get(own);
    }

    private static Tensor vectorProduct(Tensor... in) {
        Tensor a = in[0].rank() == 1 ? Tensors.of(in[0].data(), 1, in[0].size()) : in[0];
        Tensor b = in[1].rank() == 1 ? Tensors.of(in[1].data(), in[1].size(), 1) : in[1];
        Tensor product = product(new MatMul(false, false), a, b);
        int[] dims = product.shape().dims();
        dims = in[1].rank() == 1 ? Naive.without(dims, dims.length - 1) : dims;
        dims = in[0].rank() == 1 ? Naive.without(dims, in[1].rank() == 1 ? dims.length - 1 : dims.length - 2) : dims;
        return Tensors.of(product.data(), dims);
    }
}
