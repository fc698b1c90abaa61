package org.tinytorch.testing;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;

import java.util.List;
import java.util.Locale;
import org.tinytorch.tensor.Binary;
import org.tinytorch.tensor.BinaryOp;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Functions of two numbers, which broadcast. */
final class BinarySpecs {
    /** Pairs of shapes: alike, broadcasting either side and both at once, scalars, axes of size 0. */
    private static final List<int[][]> PAIRS = List.of(
            new int[][] {{}, {}},
            new int[][] {{4}, {4}},
            new int[][] {{2, 3}, {2, 3}},
            new int[][] {{2, 3}, {3}},
            new int[][] {{3}, {2, 3}},
            new int[][] {{4, 1}, {3}},
            new int[][] {{3}, {4, 1}},
            new int[][] {{2, 3}, {}},
            new int[][] {{}, {2, 3}},
            new int[][] {{1}, {}},
            new int[][] {{2, 1, 3}, {4, 1}},
            new int[][] {{1, 3}, {2, 1}},
            new int[][] {{0}, {1}},
            new int[][] {{1}, {0}},
            new int[][] {{2, 0}, {2, 1}},
            new int[][] {{0, 3}, {3}},
            new int[][] {{}, {0}});

    private BinarySpecs() {}

    static List<OperationSpec> all() {
        return List.of(
                over(Binary.ADD, (a, b) -> a + b, -3, 3)
                        .special(
                                Binary.ADD,
                                Tensors.of(NaN, POSITIVE_INFINITY, NaN),
                                Tensors.of(NaN, POSITIVE_INFINITY, POSITIVE_INFINITY),
                                Tensors.of(1, 1, NEGATIVE_INFINITY))
                        .build(),
                over(Binary.SUB, (a, b) -> a - b, -3, 3)
                        .special(
                                Binary.SUB,
                                Tensors.of(NaN, NaN),
                                Tensors.of(POSITIVE_INFINITY, 1),
                                Tensors.of(POSITIVE_INFINITY, NaN))
                        .build(),
                over(Binary.MUL, (a, b) -> a * b, -3, 3)
                        .special(
                                Binary.MUL,
                                Tensors.of(NaN, POSITIVE_INFINITY),
                                Tensors.of(0, NEGATIVE_INFINITY),
                                Tensors.of(POSITIVE_INFINITY, -1))
                        .build(),
                over(Binary.DIV, (a, b) -> a / b, 0.4, 3)
                        .sample(
                                Binary.DIV,
                                naive((a, b) -> a / b),
                                Values.spread(1, -2, 2, 2, 3),
                                Values.spread(2, -3, -0.5, 3))
                        .special(
                                Binary.DIV,
                                Tensors.of(NaN, POSITIVE_INFINITY, NEGATIVE_INFINITY, 0),
                                Tensors.of(0, 1, -1, 1),
                                Tensors.of(0, 0, 0, POSITIVE_INFINITY))
                        .build(),
                pow(),
                over(Binary.MAX, (a, b) -> a > b ? a : b, -3, 3)
                        .special(
                                Binary.MAX,
                                Tensors.of(NaN, NaN, POSITIVE_INFINITY, 2),
                                Tensors.of(NaN, 1, POSITIVE_INFINITY, 2),
                                Tensors.of(1, NaN, NEGATIVE_INFINITY, 2))
                        .build(),
                over(Binary.MIN, (a, b) -> a < b ? a : b, -3, 3)
                        .special(
                                Binary.MIN,
                                Tensors.of(NaN, NaN, NEGATIVE_INFINITY, 2),
                                Tensors.of(NaN, 1, POSITIVE_INFINITY, 2),
                                Tensors.of(1, NaN, NEGATIVE_INFINITY, 2))
                        .build());
    }

    private static OperationSpec pow() {
        return over(Binary.POW, Math::pow, 0.4, 3)
                .differentiates(0)
                .sample(Binary.POW, naive((a, b) -> a * a * a), Values.spread(1, -2, 2, 2, 3), Tensors.scalar(3))
                .sample(Binary.POW, naive((a, b) -> 1 / (a * a)), Values.spread(1, -2, -0.5, 4), Tensors.scalar(-2))
                .sample(Binary.POW, naive((a, b) -> 1), Tensors.of(-1, 0, 2), Tensors.scalar(0))
                .sample(Binary.POW, naive((a, b) -> a), Tensors.of(-1, 0, 2), Tensors.scalar(1))
                .differentiates(1)
                .sample(Binary.POW, naive((a, b) -> 0), Tensors.of(0, 0), Tensors.of(0.5, 3))
                .tolerance(1e-14)
                .special(
                        Binary.POW,
                        Tensors.of(1, 1, NaN, POSITIVE_INFINITY, 0),
                        Tensors.of(NaN, 0, -1, 0, 0),
                        Tensors.of(0, 0, 0.5, -1, 2))
                .build();
    }

    private static OperationSpec.Builder over(BinaryOp op, Naive.TwoNumbers formula, double low, double high) {
        String name = op == Binary.MAX
                ? "maximum"
                : op == Binary.MIN ? "minimum" : op.toString().toLowerCase(Locale.ROOT);
        OperationSpec.Builder spec = OperationSpec.of(name, op);
        samples(spec, op, formula, low, high);
        return spec;
    }

    /** A sample of every pair of shapes, and pairs that don't agree. */
    static void samples(OperationSpec.Builder spec, BinaryOp op, Naive.TwoNumbers formula, double low, double high) {
        for (int[][] pair : PAIRS) {
            spec.sample(op, naive(formula), Values.spread(1, low, high, pair[0]), Values.spread(2, low, high, pair[1]));
        }
        spec.rejects(
                        IllegalArgumentException.class,
                        op + ": broadcast: shapes (2,) and (3,) differ at axis -1: 2 against 3",
                        op,
                        zeros(2),
                        zeros(3))
                .rejects(
                        IllegalArgumentException.class,
                        "shapes (2, 3) and (3, 2) differ at axis -1",
                        op,
                        zeros(2, 3),
                        zeros(3, 2))
                .rejects(
                        IllegalArgumentException.class,
                        "shapes (2, 1, 4) and (3, 4, 4) differ at axis -3",
                        op,
                        zeros(2, 1, 4),
                        zeros(3, 4, 4))
                .rejects(IllegalArgumentException.class, "dimensions must be equal or 1", op, zeros(0), zeros(2));
    }

    private static Tensor zeros(int... dims) {
        return Tensors.zeros(dims);
    }

    private static org.tinytorch.autograd.GradCheck.Computation naive(Naive.TwoNumbers formula) {
        return in -> Naive.combine(formula, in[0], in[1]);
    }
}
