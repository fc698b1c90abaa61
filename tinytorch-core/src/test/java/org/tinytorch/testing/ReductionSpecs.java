package org.tinytorch.testing;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tinytorch.tensor.ArgReduce;
import org.tinytorch.tensor.CumSum;
import org.tinytorch.tensor.Reduce;
import org.tinytorch.tensor.Reduce.Kind;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Many elements into one, and running sums. */
final class ReductionSpecs {
    private ReductionSpecs() {}

    static List<OperationSpec> all() {
        return List.of(
                reduce(Kind.SUM, ReductionSpecs::sum)
                        .special(vector(Kind.SUM), Tensors.scalar(0), Tensors.zeros(0))
                        .special(
                                vector(Kind.SUM), Tensors.scalar(NaN), Tensors.of(POSITIVE_INFINITY, NEGATIVE_INFINITY))
                        .build(),
                reduce(Kind.PROD, values -> values.stream().reduce(1.0, (a, b) -> a * b))
                        .sample(vector(Kind.PROD), in -> Tensors.scalar(0), Tensors.of(2, 0, 3))
                        .sample(vector(Kind.PROD), in -> Tensors.scalar(0), Tensors.of(2, 0, 0))
                        .special(vector(Kind.PROD), Tensors.scalar(1), Tensors.zeros(0))
                        .special(vector(Kind.PROD), Tensors.scalar(NaN), Tensors.of(0, POSITIVE_INFINITY))
                        .build(),
                extremum(
                                Kind.MAX,
                                values -> values.stream().max(Double::compare).orElseThrow())
                        .special(
                                vector(Kind.MAX),
                                Tensors.scalar(NEGATIVE_INFINITY),
                                Tensors.of(NEGATIVE_INFINITY, NEGATIVE_INFINITY))
                        .build(),
                extremum(
                                Kind.MIN,
                                values -> values.stream().min(Double::compare).orElseThrow())
                        .special(
                                vector(Kind.MIN),
                                Tensors.scalar(POSITIVE_INFINITY),
                                Tensors.of(POSITIVE_INFINITY, POSITIVE_INFINITY))
                        .build(),
                argument(true),
                argument(false),
                cumsum(),
                mean(),
                variance());
    }

    private static OperationSpec.Builder reduce(Kind kind, Function<List<Double>, Double> formula) {
        String name = kind.name().toLowerCase(Locale.ROOT);
        OperationSpec.Builder spec = OperationSpec.of(name, Reduce.class).tolerance(1e-14);
        for (boolean keepDim : new boolean[] {false, true}) {
            sample(spec, kind, formula, keepDim, new int[] {});
            sample(spec, kind, formula, keepDim, new int[] {4});
            sample(spec, kind, formula, keepDim, new int[] {2, 3}, 0);
            sample(spec, kind, formula, keepDim, new int[] {2, 3}, 1);
            sample(spec, kind, formula, keepDim, new int[] {2, 3});
            sample(spec, kind, formula, keepDim, new int[] {2, 3, 4}, 1);
            sample(spec, kind, formula, keepDim, new int[] {2, 3, 4}, 0, 2);
            sample(spec, kind, formula, keepDim, new int[] {2, 1, 3}, 1);
            sample(spec, kind, formula, keepDim, new int[] {0, 3}, 1);
        }
        if (kind == Kind.SUM || kind == Kind.PROD) {
            sample(spec, kind, formula, false, new int[] {0, 3}, 0);
            sample(spec, kind, formula, true, new int[] {2, 0}, 1);
        }
        return spec.special(vector(kind), Tensors.scalar(NaN), Tensors.of(1, NaN, 2))
                .rejects(
                        IllegalArgumentException.class,
                        "axis 2 does not exist in shape (2, 3)",
                        () -> reduced(kind, Tensors.ones(2, 3), 2))
                .rejects(
                        IllegalArgumentException.class,
                        "axis -1 does not exist in shape ()",
                        () -> reduced(kind, Tensors.scalar(1), -1))
                .rejects(
                        IllegalArgumentException.class,
                        "reduce: an axis is named twice in [1, -1] for shape (2, 3)",
                        () -> reduced(kind, Tensors.ones(2, 3), 1, -1));
    }

    private static OperationSpec.Builder extremum(Kind kind, Function<List<Double>, Double> formula) {
        return reduce(kind, formula)
                .rejects(
                        IllegalArgumentException.class,
                        "reduce: " + kind + " over axes [0] of shape (0, 3)",
                        () -> reduced(kind, Tensors.zeros(0, 3), 0))
                .rejects(
                        IllegalArgumentException.class,
                        "has no elements to choose from",
                        () -> reduced(kind, Tensors.zeros(0)));
    }

    private static Tensor reduced(Kind kind, Tensor x, int... axes) {
        return org.tinytorch.tensor.Operation.run(Reduce.over(kind, x.shape(), false, axes), x);
    }

    /** Reduces a vector to a scalar. */
    private static Reduce vector(Kind kind) {
        return new Reduce(kind, List.of(0), false);
    }

    private static void sample(
            OperationSpec.Builder spec,
            Kind kind,
            Function<List<Double>, Double> formula,
            boolean keepDim,
            int[] dims,
            int... axes) {
        Reduce op = Reduce.over(kind, Shape.of(dims), keepDim, axes);
        spec.sample(op, in -> reduce(in[0], formula, keepDim, axes), Values.spread(dims.length, -2, 3, dims));
    }

    /** For each index of the result, a list of the elements of the input that agree with it in the other axes. */
    static Tensor reduce(Tensor x, Function<List<Double>, Double> formula, boolean keepDim, int... axes) {
        boolean[] gone = new boolean[x.rank()];
        Arrays.fill(gone, axes.length == 0);
        for (int axis : axes) {
            gone[axis] = true;
        }
        int[] dims = x.shape().dims();
        int[] kept = IntStream.range(0, dims.length)
                .map(axis -> gone[axis] ? 1 : dims[axis])
                .toArray();
        int[] dropped = IntStream.range(0, dims.length)
                .filter(axis -> !gone[axis])
                .map(axis -> dims[axis])
                .toArray();
        Tensor result = Naive.fill(kept, index -> {
            List<Double> group = new ArrayList<>();
            for (int position = 0; position < x.size(); position++) {
                int[] candidate = Naive.index(dims, position);
                if (IntStream.range(0, dims.length).allMatch(axis -> gone[axis] || candidate[axis] == index[axis])) {
                    group.add(x.get(candidate));
                }
            }
            return formula.apply(group);
        });
        return keepDim ? result : Tensors.of(result.data(), dropped);
    }

    private static double sum(List<Double> values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    private static double mean(List<Double> values) {
        return sum(values) / values.size();
    }

    private static OperationSpec argument(boolean largest) {
        Function<List<Double>, Double> formula = values -> (double) values.indexOf(
                values.stream().reduce(largest ? Math::max : Math::min).orElseThrow());
        OperationSpec.Builder spec = OperationSpec.of(largest ? "argmax" : "argmin", ArgReduce.class);
        for (int[] dims :
                List.of(new int[] {4}, new int[] {2, 3}, new int[] {2, 3, 4}, new int[] {1, 2}, new int[] {0, 2})) {
            for (int axis = 0; axis < dims.length; axis++) {
                int along = axis;
                if (dims[axis] > 0) {
                    spec.sample(
                            new ArgReduce(largest, axis),
                            in -> reduce(in[0], formula, false, along),
                            Values.spread(dims.length, -2, 2, dims));
                }
            }
        }
        double infinity = largest ? POSITIVE_INFINITY : NEGATIVE_INFINITY;
        return spec.special(new ArgReduce(largest, 0), Tensors.scalar(1), Tensors.of(3, NaN, infinity, NaN))
                .special(new ArgReduce(largest, 0), Tensors.scalar(0), Tensors.of(2, 2, 2))
                .special(new ArgReduce(largest, 0), Tensors.scalar(0), Tensors.of(-infinity, -infinity))
                .rejects(
                        IllegalArgumentException.class,
                        (largest ? "argmax" : "argmin") + ": axis 0 of shape (0, 2) is empty",
                        new ArgReduce(largest, 0),
                        Tensors.zeros(0, 2))
                .rejects(IllegalArgumentException.class, "axis 1 does not exist in shape (3,)", () -> (largest
                                ? Tensors.ones(3).argmax(1)
                                : Tensors.ones(3).argmin(1))
                        .item())
                .build();
    }

    private static OperationSpec cumsum() {
        OperationSpec.Builder spec = OperationSpec.of("cumsum", CumSum.class).tolerance(1e-14);
        for (boolean reverse : new boolean[] {false, true}) {
            for (int[] dims :
                    List.of(new int[] {4}, new int[] {2, 3}, new int[] {2, 3, 2}, new int[] {0}, new int[] {2, 0, 3})) {
                for (int axis = 0; axis < dims.length; axis++) {
                    CumSum op = new CumSum(axis, reverse);
                    spec.sample(op, in -> running(op, in[0]), Values.spread(dims.length, -2, 2, dims));
                }
            }
        }
        return spec.special(
                        new CumSum(0, false),
                        Tensors.of(1, POSITIVE_INFINITY, NaN, NaN),
                        Tensors.of(1, POSITIVE_INFINITY, NEGATIVE_INFINITY, 1))
                .rejects(IllegalArgumentException.class, "axis 1 does not exist in shape (3,)", () -> Tensors.ones(3)
                        .cumsum(1))
                .rejects(IllegalArgumentException.class, "it is a scalar", () -> Tensors.scalar(3)
                        .cumsum(0))
                .build();
    }

    private static Tensor running(CumSum op, Tensor x) {
        return Naive.fill(x.shape().dims(), index -> {
            double sum = 0;
            for (int i = 0; i < x.dim(op.axis()); i++) {
                boolean counts = op.reverse() ? i >= index[op.axis()] : i <= index[op.axis()];
                sum += counts ? x.get(Naive.with(index, op.axis(), i)) : 0;
            }
            return sum;
        });
    }

    private static OperationSpec mean() {
        return OperationSpec.of("mean", Reduce.class)
                .tolerance(1e-14)
                .computation(
                        "mean()",
                        in -> in[0].mean(),
                        in -> reduce(in[0], ReductionSpecs::mean, false),
                        Values.spread(1, -2, 2, 2, 3))
                .computation(
                        "mean(-1)",
                        in -> in[0].mean(-1),
                        in -> reduce(in[0], ReductionSpecs::mean, false, 1),
                        Values.spread(1, -2, 2, 2, 3))
                .computation(
                        "mean(true, 0, 2)",
                        in -> in[0].mean(true, 0, 2),
                        in -> reduce(in[0], ReductionSpecs::mean, true, 0, 2),
                        Values.spread(1, -2, 2, 2, 3, 2))
                .computation("mean()", in -> in[0].mean(), in -> Tensors.scalar(NaN), Tensors.zeros(0))
                .build();
    }

    private static OperationSpec variance() {
        return OperationSpec.of("var", Reduce.class)
                .tolerance(1e-13)
                .computation(
                        "var()",
                        in -> in[0].var(),
                        in -> reduce(in[0], values -> variance(values, 1), false),
                        Values.spread(1, -2, 2, 2, 3))
                .computation(
                        "var(0, true, -1)",
                        in -> in[0].var(0, true, -1),
                        in -> reduce(in[0], values -> variance(values, 0), true, 1),
                        Values.spread(1, -2, 2, 2, 3))
                .computation(
                        "var(0, 2)",
                        in -> in[0].var(0, 2),
                        in -> reduce(in[0], values -> variance(values, 1), false, 0, 2),
                        Values.spread(1, -2, 2, 2, 3, 2))
                .differentiates()
                .computation("var()", in -> in[0].var(), in -> Tensors.scalar(NaN), Tensors.of(3))
                .build();
    }

    private static double variance(List<Double> values, int correction) {
        double mean = mean(values);
        return sum(values.stream().map(value -> (value - mean) * (value - mean)).toList())
                / (values.size() - correction);
    }
}
