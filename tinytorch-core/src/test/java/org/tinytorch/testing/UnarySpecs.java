package org.tinytorch.testing;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.tinytorch.tensor.Clamp;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.tensor.Unary;
import org.tinytorch.tensor.UnaryOp;

/** Functions of one number. */
final class UnarySpecs {
    /** A scalar, vectors, matrices, axes of size 1, and nothing at all. */
    private static final List<int[]> SHAPES = List.of(
            new int[] {},
            new int[] {1},
            new int[] {5},
            new int[] {2, 3},
            new int[] {2, 1, 3},
            new int[] {0},
            new int[] {3, 0, 2});

    private UnarySpecs() {}

    static List<OperationSpec> all() {
        return List.of(
                over(Unary.NEG, x -> -x, -3, 3).build(),
                over(Unary.ABS, x -> x < 0 ? -x : x + 0.0, -3, 3)
                        .special(
                                Unary.ABS,
                                Tensors.of(0, 0, POSITIVE_INFINITY),
                                Tensors.of(0.0, -0.0, NEGATIVE_INFINITY))
                        .build(),
                over(Unary.SIGN, x -> x > 0 ? 1 : x < 0 ? -1 : x, -3, 3)
                        .special(
                                Unary.SIGN,
                                Tensors.of(0, -1, 1, NaN),
                                Tensors.of(0, NEGATIVE_INFINITY, POSITIVE_INFINITY, NaN))
                        .build(),
                over(Unary.EXP, Math::exp, -3, 3)
                        .special(
                                Unary.EXP,
                                Tensors.of(0, 0, POSITIVE_INFINITY, POSITIVE_INFINITY, NaN),
                                Tensors.of(NEGATIVE_INFINITY, -1e3, 1e3, POSITIVE_INFINITY, NaN))
                        .build(),
                over(Unary.LOG, Math::log, 0.1, 4)
                        .special(
                                Unary.LOG,
                                Tensors.of(NEGATIVE_INFINITY, NEGATIVE_INFINITY, NaN, POSITIVE_INFINITY, NaN),
                                Tensors.of(0.0, -0.0, -1, POSITIVE_INFINITY, NaN))
                        .build(),
                over(Unary.SQRT, Math::sqrt, 0.1, 4)
                        .special(
                                Unary.SQRT,
                                Tensors.of(0, NaN, POSITIVE_INFINITY, NaN),
                                Tensors.of(0, -1, POSITIVE_INFINITY, NaN))
                        .build(),
                over(Unary.SQUARE, x -> x * x, -3, 3)
                        .special(
                                Unary.SQUARE,
                                Tensors.of(POSITIVE_INFINITY, POSITIVE_INFINITY, NaN),
                                Tensors.of(NEGATIVE_INFINITY, 1e200, NaN))
                        .build(),
                over(Unary.RECIPROCAL, x -> 1 / x, 0.3, 3)
                        .sample(Unary.RECIPROCAL, each(x -> 1 / x), Values.spread(3, -3, -0.3, 4))
                        .special(
                                Unary.RECIPROCAL,
                                Tensors.of(POSITIVE_INFINITY, NEGATIVE_INFINITY, 0, NaN),
                                Tensors.of(0.0, -0.0, POSITIVE_INFINITY, NaN))
                        .build(),
                over(Unary.SIN, Math::sin, -4, 4)
                        .special(Unary.SIN, Tensors.of(NaN, NaN), Tensors.of(POSITIVE_INFINITY, NaN))
                        .build(),
                over(Unary.COS, Math::cos, -4, 4)
                        .special(Unary.COS, Tensors.of(NaN, NaN), Tensors.of(NEGATIVE_INFINITY, NaN))
                        .build(),
                over(Unary.TANH, x -> (Math.exp(2 * x) - 1) / (Math.exp(2 * x) + 1), -3, 3)
                        .tolerance(1e-14)
                        .special(
                                Unary.TANH,
                                Tensors.of(-1, -1, 0, 1, 1, NaN),
                                Tensors.of(NEGATIVE_INFINITY, -1e3, 0, 1e3, POSITIVE_INFINITY, NaN))
                        .build(),
                over(Unary.ERF, ExactErf::erf, -3.2, 3.2)
                        .tolerance(1e-15)
                        .special(
                                Unary.ERF,
                                Tensors.of(-1, -1, 0, 1, 1, NaN),
                                Tensors.of(NEGATIVE_INFINITY, -6, 0, 6, POSITIVE_INFINITY, NaN))
                        .build(),
                clamp());
    }

    private static OperationSpec clamp() {
        DoubleUnaryOperator formula = x -> x < -1 ? -1 : x > 2 ? 2 : x;
        OperationSpec.Builder spec = OperationSpec.of("clamp", Clamp.class);
        samples(spec, new Clamp(-1, 2), formula, -3, 4);
        return spec.sample(new Clamp(0.5, 0.5), each(x -> 0.5), Values.spread(2, -1, 0.4, 3))
                .sample(new Clamp(NEGATIVE_INFINITY, 0), each(x -> Math.min(x, 0)), Values.spread(2, -2, 2, 6))
                .special(
                        new Clamp(-1, 2),
                        Tensors.of(-1, 2, NaN, -1, 2),
                        Tensors.of(NEGATIVE_INFINITY, POSITIVE_INFINITY, NaN, -1, 2))
                .rejects(
                        IllegalArgumentException.class,
                        "clamp: the low bound 2.0 is not below the high bound 1.0",
                        () -> new Clamp(2, 1))
                .rejects(IllegalArgumentException.class, "clamp: the low bound NaN", () -> Tensors.scalar(1)
                        .clamp(NaN, 1))
                .build();
    }

    private static OperationSpec.Builder over(Unary op, DoubleUnaryOperator formula, double low, double high) {
        OperationSpec.Builder spec = OperationSpec.of(op.name().toLowerCase(java.util.Locale.ROOT), op);
        samples(spec, op, formula, low, high);
        return spec;
    }

    /** A sample of every shape. */
    static void samples(OperationSpec.Builder spec, UnaryOp op, DoubleUnaryOperator formula, double low, double high) {
        for (int[] shape : SHAPES) {
            spec.sample(op, each(formula), Values.spread(shape.length, low, high, shape));
        }
    }

    private static org.tinytorch.autograd.GradCheck.Computation each(DoubleUnaryOperator formula) {
        return in -> each(formula, in[0]);
    }

    static Tensor each(DoubleUnaryOperator formula, Tensor x) {
        return Naive.fill(x.shape().dims(), index -> formula.applyAsDouble(x.get(index)));
    }
}
