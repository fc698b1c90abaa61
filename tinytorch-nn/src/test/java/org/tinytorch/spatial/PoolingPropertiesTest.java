package org.tinytorch.spatial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.OperationChecks;

/** What holds for every window. */
class PoolingPropertiesTest {
    @Provide
    Arbitrary<Window> windows() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 2))
                .as((size, stride, before, after) ->
                        new Window(size, stride, 1, Math.min(before, size / 2), Math.min(after, size / 2)))
                .withoutEdgeCases();
    }

    private static Shape shape(Window rows, Window columns, int more) {
        return Shape.of(2, 2, rows.size() + more, columns.size() + more);
    }

    @Property(tries = 100)
    void theMeanOfAConstantIsTheConstant(
            @ForAll("windows") Window rows,
            @ForAll("windows") Window columns,
            @ForAll @IntRange(max = 4) int more,
            @ForAll @DoubleRange(min = -100, max = 100) double value) {
        AvgPool2d pool =
                new AvgPool2d(Window.of(rows.size(), rows.stride(), 0), Window.of(columns.size(), columns.stride(), 0));
        Tensor x = Tensors.full(shape(rows, columns, more), value);

        for (Tensor y : List.of(
                pool.forward(x),
                new AdaptiveAvgPool2d(rows.size(), columns.size()).forward(x),
                new GlobalAvgPool2d().forward(x))) {
            OperationChecks.assertClose("mean of a constant", y, Tensors.full(y.shape(), value), 1e-13);
        }
    }

    @Property(tries = 100)
    void theMeanIsAConvolutionWithEqualWeights(
            @ForAll("windows") Window rows,
            @ForAll("windows") Window columns,
            @ForAll @IntRange(max = 4) int more,
            @ForAll long seed) {
        Tensor x = ConvolutionGeometry.random(seed, shape(rows, columns, more));
        double share = 1.0 / (rows.size() * columns.size());
        Tensor w = Tensors.full(Shape.of(2, 1, rows.size(), columns.size()), share);
        OperationChecks.assertClose(
                "mean of windows",
                Operation.run(new AvgPool(rows, columns), x),
                Operation.run(new Convolution(rows, columns, 2), x, w),
                1e-13);
    }

    @Property(tries = 100)
    void theMaximumIsAPixelNoOtherIsAboveAndKeepsTheOrder(
            @ForAll("windows") Window rows,
            @ForAll("windows") Window columns,
            @ForAll @IntRange(max = 4) int more,
            @ForAll long seed) {
        MaxPool pool = new MaxPool(rows, columns);
        Tensor x = ConvolutionGeometry.random(seed, shape(rows, columns, more));
        Tensor y = Operation.run(pool, x);

        assertThat(y.max().item()).isLessThanOrEqualTo(x.max().item());
        assertThat(Arrays.stream(x.data()).boxed().toList())
                .containsAll(Arrays.stream(y.data()).boxed().toList());
        assertThat(Operation.run(pool, x.mul(2).add(1)).data())
                .as("max commutes with what keeps the order")
                .containsExactly(y.mul(2).add(1).data());
    }

    @Property(tries = 100)
    void noGradientIsLost(
            @ForAll("windows") Window rows,
            @ForAll("windows") Window columns,
            @ForAll @IntRange(max = 4) int more,
            @ForAll long seed) {
        MaxPool pool = new MaxPool(rows, columns);
        Tensor x = ConvolutionGeometry.random(seed, shape(rows, columns, more));
        Tensor g = ConvolutionGeometry.random(seed + 1, pool.result(x.shape()));
        Tensor gx = Operation.run(new MaxPool.Gradient(pool), x, g);
        assertThat(gx.sum().item()).isCloseTo(g.sum().item(), within(1e-12));
    }
}
