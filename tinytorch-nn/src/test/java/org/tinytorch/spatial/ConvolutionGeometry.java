package org.tinytorch.spatial;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** A convolution with shapes that fit it, for drawing at random. */
record ConvolutionGeometry(Convolution op, Shape x, Shape weight) {
    /** Any strides, dilations, paddings on either side and groups. */
    static Arbitrary<ConvolutionGeometry> any() {
        return of(Combinators.combine(numbers(1, 4), numbers(1, 3), numbers(1, 3), numbers(0, 3), numbers(0, 3))
                .as(Window::new));
    }

    /** Stride 1 and no padding: every output sees pixels only. */
    static Arbitrary<ConvolutionGeometry> valid() {
        return of(Combinators.combine(numbers(1, 4), numbers(1, 3))
                .as((size, dilation) -> new Window(size, 1, dilation, 0, 0)));
    }

    private static Arbitrary<Integer> numbers(int least, int most) {
        return Arbitraries.integers().between(least, most);
    }

    private static Arbitrary<ConvolutionGeometry> of(Arbitrary<Window> windows) {
        return Combinators.combine(
                        windows,
                        windows,
                        numbers(1, 3),
                        numbers(0, 2),
                        numbers(1, 2),
                        numbers(1, 2),
                        numbers(0, 4),
                        numbers(0, 4))
                .as((rows, columns, groups, images, channels, outputs, moreRows, moreColumns) ->
                        new ConvolutionGeometry(
                                new Convolution(rows, columns, groups),
                                Shape.of(
                                        images,
                                        channels * groups,
                                        least(rows) + moreRows,
                                        least(columns) + moreColumns),
                                Shape.of(outputs * groups, channels, rows.size(), columns.size())))
                .withoutEdgeCases(); // the corners of nine numbers at once would crowd out everything else
    }

    /** The shortest length that the window fits into. */
    private static int least(Window window) {
        return Math.max(1, window.span() - window.before() - window.after());
    }

    Shape result() {
        return op.sizes(x, weight).result();
    }

    static Tensor random(long seed, Shape shape) {
        return Tensors.uniform(new Generator(seed), -1, 1, shape.dims());
    }
}
