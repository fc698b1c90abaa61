package org.tinytorch.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Combines the elements along some axes into one.
 *
 * @param axes counted from the front, ascending
 * @param keepDim whether the reduced axes stay, with size 1
 */
public record Reduce(Kind kind, List<Integer> axes, boolean keepDim) implements Operation {
    /** How two elements combine, and what an empty reduction gives. */
    public enum Kind {
        SUM(0),
        PROD(1),
        MAX(Double.NEGATIVE_INFINITY),
        MIN(Double.POSITIVE_INFINITY);

        private final double identity;

        Kind(double identity) {
            this.identity = identity;
        }

        /** The value that changes nothing: the start of the loop. */
        double identity() {
            return identity;
        }

        double combine(double a, double b) {
            return switch (this) {
                case SUM -> a + b;
                case PROD -> a * b;
                case MAX -> Math.max(a, b);
                case MIN -> Math.min(a, b);
            };
        }
    }

    /** Copies the list of axes. */
    public Reduce {
        axes = List.copyOf(axes);
    }

    /**
     * A reduction over some axes of a shape, none meaning all.
     *
     * @throws IllegalArgumentException if an axis does not exist or is named twice
     */
    public static Reduce over(Kind kind, Shape shape, boolean keepDim, int... axes) {
        return new Reduce(kind, normalise(shape, axes), keepDim);
    }

    /** The axes counted from the front, ascending. Without streams, which take as long as a whole small reduction. */
    private static List<Integer> normalise(Shape shape, int... axes) {
        boolean[] named = new boolean[shape.rank()];
        for (int axis : axes) {
            if (named[shape.axis(axis)]) {
                throw new IllegalArgumentException(
                        "reduce: an axis is named twice in " + Arrays.toString(axes) + " for shape " + shape);
            }
            named[shape.axis(axis)] = true;
        }
        List<Integer> sorted = new ArrayList<>();
        for (int axis = 0; axis < named.length; axis++) {
            if (named[axis] || axes.length == 0) {
                sorted.add(axis);
            }
        }
        return sorted;
    }

    /** How many elements go into each result. */
    static int groupSize(Shape shape, int... axes) {
        return normalise(shape, axes).stream().mapToInt(shape::dim).reduce(1, (a, b) -> a * b);
    }

    /** The shape with the reduced axes kept as 1: what the result looks like to the input when it broadcasts back. */
    public Shape kept(Shape input) {
        int[] dims = input.dims();
        axes.forEach(axis -> dims[axis] = 1);
        return Shape.of(dims);
    }

    /** The shape of the result: with the reduced axes kept as 1, or without them. */
    public Shape result(Shape input) {
        if (keepDim) {
            return kept(input);
        }
        int[] dims = new int[input.rank() - axes.size()];
        int gone = 0;
        for (int axis = 0; axis < input.rank(); axis++) {
            if (gone < axes.size() && axes.get(gone) == axis) {
                gone++;
            } else {
                dims[axis - gone] = input.dim(axis);
            }
        }
        return Shape.of(dims);
    }

    /** An {@link IndexWalk} over the input; the position in the result stands still along the reduced axes. */
    @Override
    public Tensor forward(Tensor... inputs) {
        double[] x = inputs[0].data();
        Shape input = inputs[0].shape();
        Shape kept = kept(input);
        boolean extremum = kind == Kind.MAX || kind == Kind.MIN;
        if (extremum && input.size() == 0 && kept.size() > 0) {
            throw new IllegalArgumentException("reduce: " + kind + " over axes " + axes + " of shape " + input
                    + " has no elements to choose from");
        }
        double[] out = new double[kept.size()];
        Arrays.fill(out, kind.identity());
        Shape result = result(input);
        // region Task 2.6: reduce over axes
        IndexWalk walk = new IndexWalk(input, kept.stridesWithin(input));
        for (double value : x) {
            int o = walk.position(0);
            out[o] = kind.combine(out[o], value);
            walk.next();
        }
        return Tensors.of(out, result);
        // endregion
    }

    /** Sums a tensor down to a shape that broadcasts to it; the inverse of broadcasting. Returns the tensor itself if the shapes are equal. */
    public static Tensor sumTo(Tensor tensor, Shape shape) {
        if (tensor.shape().equals(shape)) {
            return tensor;
        }
        int extra = tensor.rank() - shape.rank();
        int[] repeated = new int[tensor.rank()];
        int count = 0;
        for (int axis = 0; axis < tensor.rank(); axis++) {
            if (axis < extra || (shape.dim(axis - extra) == 1 && tensor.dim(axis) != 1)) {
                repeated[count++] = axis;
            }
        }
        Tensor sum = count == 0 ? tensor : tensor.sum(true, Arrays.copyOf(repeated, count));
        return sum.reshape(shape);
    }
}
