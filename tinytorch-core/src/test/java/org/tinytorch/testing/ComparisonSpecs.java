package org.tinytorch.testing;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;

import java.util.List;
import org.tinytorch.tensor.Compare;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.tensor.Where;

/** Comparisons, and the choice that they are made for. */
final class ComparisonSpecs {
    private static final Tensor LEFT = Tensors.of(1, 2, 3, NaN, NaN, POSITIVE_INFINITY, NEGATIVE_INFINITY, 0.0);
    private static final Tensor RIGHT = Tensors.of(2, 2, 2, NaN, 1, POSITIVE_INFINITY, POSITIVE_INFINITY, -0.0);

    private ComparisonSpecs() {}

    static List<OperationSpec> all() {
        return List.of(
                over(Compare.EQ, (a, b) -> Double.compare(a, b) == 0 ? 1 : 0, 0, 1, 0, 0, 0, 1, 0, 1),
                over(Compare.NE, (a, b) -> Double.compare(a, b) != 0 ? 1 : 0, 1, 0, 1, 1, 1, 0, 1, 0),
                over(Compare.LT, (a, b) -> Double.compare(a, b) < 0 ? 1 : 0, 1, 0, 0, 0, 0, 0, 1, 0),
                over(Compare.LE, (a, b) -> Double.compare(a, b) <= 0 ? 1 : 0, 1, 1, 0, 0, 0, 1, 1, 1),
                over(Compare.GT, (a, b) -> Double.compare(a, b) > 0 ? 1 : 0, 0, 0, 1, 0, 0, 0, 0, 0),
                over(Compare.GE, (a, b) -> Double.compare(a, b) >= 0 ? 1 : 0, 0, 1, 1, 0, 0, 1, 0, 1),
                where());
    }

    private static OperationSpec over(Compare op, Naive.TwoNumbers formula, double... corners) {
        OperationSpec.Builder spec = OperationSpec.of(op.name().toLowerCase(java.util.Locale.ROOT), op);
        BinarySpecs.samples(spec, op, formula, -3, 3);
        return spec.special(op, Tensors.of(corners), LEFT, RIGHT).build();
    }

    private static OperationSpec where() {
        return OperationSpec.of("where", Where.class)
                .differentiates(1, 2)
                .sample(
                        new Where(),
                        ComparisonSpecs::choose,
                        Values.indices(3, 2),
                        Values.spread(1, -1, 1),
                        Values.spread(2, -1, 1))
                .sample(
                        new Where(),
                        ComparisonSpecs::choose,
                        Values.indices(3, 2, 2, 3),
                        Values.spread(1, -1, 1, 2, 3),
                        Values.spread(2, -1, 1, 2, 3))
                .sample(
                        new Where(),
                        ComparisonSpecs::choose,
                        Tensors.zeros(0, 2),
                        Tensors.zeros(0, 2),
                        Tensors.ones(0, 2))
                .computation(
                        "where, broadcasting",
                        in -> Tensors.where(in[0], in[1], in[2]),
                        ComparisonSpecs::choose,
                        Values.indices(4, 2, 4, 1),
                        Values.spread(1, -1, 1, 3),
                        Values.spread(2, -1, 1))
                .special(
                        new Where(),
                        Tensors.of(1, 2, 1, NaN),
                        Tensors.of(NaN, 0.0, NEGATIVE_INFINITY, -0.0),
                        Tensors.of(1, NaN, 1, 1),
                        Tensors.of(NaN, 2, NaN, NaN))
                .rejects(
                        IllegalArgumentException.class,
                        "where: broadcast: shapes (2,) and (3,) differ",
                        () -> Tensors.where(Tensors.ones(2), Tensors.ones(3), Tensors.scalar(0)))
                .rejects(
                        IllegalArgumentException.class,
                        "where: condition (2,), (2,) and () differ in shape",
                        () -> Operation.run(new Where(), Tensors.ones(2), Tensors.ones(2), Tensors.scalar(0)))
                .build();
    }

    private static Tensor choose(Tensor... in) {
        int[] dims = Naive.broadcast(
                Naive.broadcast(in[0].shape().dims(), in[1].shape().dims()),
                in[2].shape().dims());
        return Naive.fill(dims, index -> Naive.stretched(in[Naive.stretched(in[0], index) == 0 ? 2 : 1], index));
    }
}
