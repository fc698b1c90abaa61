package org.tinytorch.testing;

import static java.lang.Double.NaN;

import java.util.List;
import org.tinytorch.tensor.Expand;
import org.tinytorch.tensor.Pad;
import org.tinytorch.tensor.Permute;
import org.tinytorch.tensor.Reshape;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.tensor.Triangle;

/** Rearranging, repeating and framing. */
final class ShapingSpecs {
    private ShapingSpecs() {}

    static List<OperationSpec> all() {
        return List.of(reshape(), expand(), permute(), pad(), triangle(true), triangle(false));
    }

    private static OperationSpec reshape() {
        OperationSpec.Builder spec = OperationSpec.of("reshape", Reshape.class);
        for (int[][] fromTo : List.of(
                new int[][] {{6}, {2, 3}},
                new int[][] {{2, 3}, {3, 2}},
                new int[][] {{2, 3}, {6}},
                new int[][] {{}, {1, 1}},
                new int[][] {{1}, {}},
                new int[][] {{0, 3}, {2, 0}},
                new int[][] {{4}, {4}})) {
            spec.sample(
                    new Reshape(Shape.of(fromTo[1])),
                    in -> Tensors.of(in[0].data().clone(), fromTo[1]),
                    Values.spread(1, -1, 1, fromTo[0]));
        }
        return spec.rejects(
                        IllegalArgumentException.class,
                        "reshape: shape (2, 3) has 6 elements, but (4, 2) has 8",
                        new Reshape(Shape.of(4, 2)),
                        Tensors.ones(2, 3))
                .rejects(
                        IllegalArgumentException.class,
                        "reshape: only one dimension can be -1, but [-1, -1] has two",
                        () -> Tensors.ones(2, 3).reshape(-1, -1))
                .rejects(IllegalArgumentException.class, "which no value for -1 in [-1, 4] gives", () -> Tensors.ones(
                                2, 3)
                        .reshape(-1, 4))
                .rejects(IllegalArgumentException.class, "which no value for -1 in [0, -1] gives", () -> Tensors.zeros(
                                0, 3)
                        .reshape(0, -1))
                .rejects(IllegalArgumentException.class, "dimension -2 is negative", () -> Tensors.ones(2, 2)
                        .reshape(-2, -2))
                .build();
    }

    private static OperationSpec expand() {
        OperationSpec.Builder spec = OperationSpec.of("expand", Expand.class);
        for (int[][] fromTo : List.of(
                new int[][] {{}, {2, 3}},
                new int[][] {{1}, {4}},
                new int[][] {{3}, {2, 3}},
                new int[][] {{2, 1}, {2, 3}},
                new int[][] {{1, 3, 1}, {2, 3, 2}},
                new int[][] {{1}, {0}},
                new int[][] {{2, 1}, {2, 0}},
                new int[][] {{0}, {2, 0}})) {
            spec.sample(
                    new Expand(Shape.of(fromTo[1])),
                    in -> Naive.fill(fromTo[1], index -> Naive.stretched(in[0], index)),
                    Values.spread(1, -1, 1, fromTo[0]));
        }
        return spec.rejects(
                        IllegalArgumentException.class,
                        "expand: shape (2,) does not stretch to (3,)",
                        new Expand(Shape.of(3)),
                        Tensors.ones(2))
                .rejects(
                        IllegalArgumentException.class,
                        "expand: shape (2, 3) does not stretch to (3,)",
                        new Expand(Shape.of(3)),
                        Tensors.ones(2, 3))
                .rejects(
                        IllegalArgumentException.class,
                        "expand: shape (1,) does not stretch to ()",
                        new Expand(Shape.SCALAR),
                        Tensors.ones(1))
                .build();
    }

    private static OperationSpec permute() {
        OperationSpec.Builder spec = OperationSpec.of("permute", Permute.class);
        List<List<Integer>> orders = List.of(
                List.of(0, 1, 2),
                List.of(0, 2, 1),
                List.of(1, 0, 2),
                List.of(1, 2, 0),
                List.of(2, 0, 1),
                List.of(2, 1, 0));
        for (List<Integer> order : orders) {
            spec.sample(new Permute(order), in -> permuted(in[0], order), Values.spread(1, -1, 1, 2, 3, 4));
        }
        return spec.sample(new Permute(List.of()), in -> in[0], Tensors.scalar(2))
                .sample(new Permute(List.of(1, 0)), in -> permuted(in[0], List.of(1, 0)), Tensors.zeros(0, 3))
                .sample(
                        new Permute(List.of(3, 1, 0, 2)),
                        in -> permuted(in[0], List.of(3, 1, 0, 2)),
                        Values.spread(1, -1, 1, 2, 1, 3, 2))
                .rejects(
                        IllegalArgumentException.class,
                        "permute: [0, 0] is not each axis of shape (2, 3) exactly once",
                        () -> Tensors.ones(2, 3).permute(0, 0))
                .rejects(
                        IllegalArgumentException.class,
                        "permute: [1] is not each axis of shape (2, 3) exactly once",
                        () -> Tensors.ones(2, 3).permute(1))
                .rejects(IllegalArgumentException.class, "axis 2 does not exist in shape (2, 3)", () -> Tensors.ones(
                                2, 3)
                        .permute(0, 2))
                .rejects(IllegalArgumentException.class, "axis -2 does not exist in shape (3,)", () -> Tensors.ones(3)
                        .transpose())
                .build();
    }

    /** Axis i of the result is axis order[i] of the input. */
    private static Tensor permuted(Tensor x, List<Integer> order) {
        int[] dims = order.stream().mapToInt(x::dim).toArray();
        return Naive.fill(dims, index -> {
            int[] from = new int[dims.length];
            for (int axis = 0; axis < dims.length; axis++) {
                from[order.get(axis)] = index[axis];
            }
            return x.get(from);
        });
    }

    private static OperationSpec pad() {
        OperationSpec.Builder spec = OperationSpec.of("pad", Pad.class);
        for (Pad pad : List.of(new Pad(0, 1, 2, 0), new Pad(1, 2, 0, -1.5), new Pad(1, 0, 0, 9))) {
            spec.sample(pad, in -> padded(pad, in[0]), Values.spread(1, -1, 1, 2, 3))
                    .sample(pad, in -> padded(pad, in[0]), Values.spread(1, -1, 1, 2, 0, 2))
                    .sample(pad, in -> padded(pad, in[0]), Values.spread(1, -1, 1, 2, 2, 2));
        }
        return spec.special(new Pad(0, 0, 1, NaN), Tensors.of(1, NaN, NaN), Tensors.of(1, NaN))
                .rejects(
                        IllegalArgumentException.class,
                        "pad: -1 before and 0 after; use 0 or more",
                        () -> Tensors.ones(2).pad(0, -1, 0, 0))
                .rejects(IllegalArgumentException.class, "pad: 0 before and -3 after", () -> Tensors.ones(2)
                        .pad(0, 0, -3, 0))
                .rejects(IllegalArgumentException.class, "axis 1 does not exist in shape (2,)", () -> Tensors.ones(2)
                        .pad(1, 0, 1, 0))
                .build();
    }

    private static Tensor padded(Pad pad, Tensor x) {
        int size = x.dim(pad.axis());
        int[] dims = Naive.with(x.shape().dims(), pad.axis(), pad.before() + size + pad.after());
        return Naive.fill(dims, index -> {
            int at = index[pad.axis()] - pad.before();
            return at >= 0 && at < size ? x.get(Naive.with(index, pad.axis(), at)) : pad.value();
        });
    }

    private static OperationSpec triangle(boolean lower) {
        String name = lower ? "tril" : "triu";
        OperationSpec.Builder spec = OperationSpec.of(name, Triangle.class);
        for (int diagonal : new int[] {-5, -1, 0, 1, 5}) {
            for (int[] dims : List.of(
                    new int[] {3, 3},
                    new int[] {2, 4},
                    new int[] {4, 2},
                    new int[] {2, 3, 3},
                    new int[] {0, 3},
                    new int[] {3, 0})) {
                spec.sample(
                        new Triangle(lower, diagonal),
                        in -> triangle(lower, diagonal, in[0]),
                        Values.spread(1, -1, 1, dims));
            }
        }
        return spec.special(
                        new Triangle(lower, 0),
                        Tensors.of(new double[][] {{1, lower ? 0 : NaN}, {lower ? NaN : 0, 1}}),
                        Tensors.of(new double[][] {{1, NaN}, {NaN, 1}}))
                .rejects(
                        IllegalArgumentException.class,
                        name + ": shape (3,) has no matrices; it needs two axes or more",
                        new Triangle(lower, 0),
                        Tensors.ones(3))
                .build();
    }

    private static Tensor triangle(boolean lower, int diagonal, Tensor x) {
        return Naive.fill(x.shape().dims(), index -> {
            int row = index[index.length - 2];
            int column = index[index.length - 1];
            boolean keep = lower ? column <= row + diagonal : column >= row + diagonal;
            return keep ? x.get(index) : 0;
        });
    }
}
