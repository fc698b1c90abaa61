package org.tinytorch.testing;

import java.util.List;
import org.tinytorch.tensor.Concat;
import org.tinytorch.tensor.Gather;
import org.tinytorch.tensor.IndexSelect;
import org.tinytorch.tensor.Slice;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Taking apart, picking out and joining. */
final class PickingSpecs {
    private PickingSpecs() {}

    static List<OperationSpec> all() {
        return List.of(slice(), concat(), stack(), indexSelect(), gather());
    }

    private static OperationSpec slice() {
        OperationSpec.Builder spec = OperationSpec.of("slice", Slice.class);
        for (Slice slice : List.of(
                new Slice(0, 0, 5, 1),
                new Slice(0, 1, 3, 1),
                new Slice(0, 0, 3, 2),
                new Slice(0, 4, 5, -1),
                new Slice(0, 4, 2, -3),
                new Slice(0, 5, 0, 1),
                new Slice(0, -1, 0, -1))) {
            spec.sample(slice, in -> picked(slice, in[0]), Values.spread(1, -1, 1, 5))
                    .sample(slice, in -> picked(slice, in[0]), Values.spread(1, -1, 1, 5, 2))
                    .sample(slice, in -> picked(slice, in[0]), Values.spread(1, -1, 1, 5, 0));
        }
        for (Slice slice : List.of(new Slice(1, 1, 2, 1), new Slice(1, 3, 2, -2))) {
            spec.sample(slice, in -> picked(slice, in[0]), Values.spread(1, -1, 1, 2, 4))
                    .sample(slice, in -> picked(slice, in[0]), Values.spread(1, -1, 1, 2, 4, 3));
        }
        return spec.rejects(IllegalArgumentException.class, "slice: the step is 0", () -> Tensors.ones(3)
                        .slice(0, 0, 2, 0))
                .rejects(IllegalArgumentException.class, "axis 1 does not exist in shape (3,)", () -> Tensors.ones(3)
                        .slice(1, 0, 2))
                .rejects(
                        IndexOutOfBoundsException.class,
                        "select: index 3 is outside axis 0 of shape (3,)",
                        () -> Tensors.ones(3).select(0, 3))
                .rejects(IndexOutOfBoundsException.class, "select: index -4 is outside axis 0", () -> Tensors.ones(3)
                        .select(0, -4))
                .rejects(
                        IllegalArgumentException.class,
                        "split: a piece of 0 elements is not possible",
                        () -> Tensors.ones(3).split(0, 0))
                .build();
    }

    private static Tensor picked(Slice slice, Tensor x) {
        int[] dims = Naive.with(x.shape().dims(), slice.axis(), slice.length());
        return Naive.fill(
                dims,
                index -> x.get(Naive.with(index, slice.axis(), slice.start() + index[slice.axis()] * slice.step())));
    }

    private static OperationSpec concat() {
        OperationSpec.Builder spec = OperationSpec.of("concat", Concat.class);
        for (int[][] sizes : List.of(
                new int[][] {{3}, {2}},
                new int[][] {{2, 3}, {1, 3}},
                new int[][] {{0, 2}, {2, 2}},
                new int[][] {{2, 2}, {0, 2}},
                new int[][] {{1, 0}, {2, 0}},
                new int[][] {{1, 2, 2}, {3, 2, 2}})) {
            spec.sample(
                    new Concat(0),
                    in -> joined(0, in),
                    Values.spread(1, -1, 1, sizes[0]),
                    Values.spread(2, -1, 1, sizes[1]));
        }
        spec.sample(
                        new Concat(1),
                        in -> joined(1, in),
                        Values.spread(1, -1, 1, 2, 3),
                        Values.spread(2, -1, 1, 2, 1),
                        Values.spread(3, -1, 1, 2, 2))
                .sample(
                        new Concat(2),
                        in -> joined(2, in),
                        Values.spread(1, -1, 1, 2, 2, 1),
                        Values.spread(2, -1, 1, 2, 2, 3))
                .sample(new Concat(0), in -> in[0], Values.spread(1, -1, 1, 2, 3));
        return spec.rejects(
                        IllegalArgumentException.class,
                        "concat: shapes (2, 3) and (2, 4) differ in more than axis 0",
                        new Concat(0),
                        Tensors.ones(2, 3),
                        Tensors.ones(2, 4))
                .rejects(
                        IllegalArgumentException.class,
                        "concat: shapes (2, 3) and (3,) differ in more than axis 0",
                        new Concat(0),
                        Tensors.ones(2, 3),
                        Tensors.ones(3))
                .rejects(
                        IllegalArgumentException.class, "concat: there are no tensors to join", () -> Tensors.concat(0))
                .rejects(
                        IllegalArgumentException.class,
                        "axis 1 does not exist in shape (2,)",
                        () -> Tensors.concat(1, Tensors.ones(2), Tensors.ones(2)))
                .build();
    }

    private static Tensor joined(int axis, Tensor... in) {
        int length = 0;
        for (Tensor tensor : in) {
            length += tensor.dim(axis);
        }
        return Naive.fill(Naive.with(in[0].shape().dims(), axis, length), index -> {
            int rest = index[axis];
            int which = 0;
            while (rest >= in[which].dim(axis)) {
                rest -= in[which++].dim(axis);
            }
            return in[which].get(Naive.with(index, axis, rest));
        });
    }

    private static OperationSpec stack() {
        OperationSpec.Builder spec = OperationSpec.of("stack", Concat.class);
        for (int axis : new int[] {0, 1, 2, -1}) {
            int at = axis < 0 ? 2 : axis;
            spec.computation(
                    "stack(" + axis + ")",
                    in -> Tensors.stack(axis, in),
                    in -> Naive.fill(
                            Naive.insert(in[0].shape().dims(), at, 2),
                            index -> in[index[at]].get(Naive.without(index, at))),
                    Values.spread(1, -1, 1, 2, 3),
                    Values.spread(2, -1, 1, 2, 3));
        }
        return spec.computation(
                        "stack(0)",
                        in -> Tensors.stack(0, in),
                        in -> Tensors.of(in[0].item(), in[1].item()),
                        Tensors.scalar(1),
                        Tensors.scalar(2))
                .rejects(
                        IllegalArgumentException.class,
                        "stack: shapes (2,) and (3,) differ",
                        () -> Tensors.stack(0, Tensors.ones(2), Tensors.ones(3)))
                .rejects(IllegalArgumentException.class, "there are no tensors to join", () -> Tensors.stack(0))
                .build();
    }

    private static OperationSpec indexSelect() {
        OperationSpec.Builder spec =
                OperationSpec.of("indexSelect", IndexSelect.class).differentiates(0);
        Tensor repeated = Tensors.of(2, 0, 2, 1);
        for (int axis = 0; axis < 3; axis++) {
            IndexSelect op = new IndexSelect(axis);
            spec.sample(op, in -> selected(op, in[0], in[1]), Values.spread(1, -1, 1, 3, 3, 3), repeated)
                    .sample(op, in -> selected(op, in[0], in[1]), Values.spread(1, -1, 1, 3, 3, 3), Tensors.zeros(0));
        }
        IndexSelect first = new IndexSelect(0);
        return spec.sample(first, in -> selected(first, in[0], in[1]), Values.spread(1, -1, 1, 4), Tensors.of(3))
                .sample(first, in -> selected(first, in[0], in[1]), Values.spread(1, -1, 1, 3, 0), repeated)
                .rejects(
                        IllegalArgumentException.class,
                        "indexSelect: the index must be a vector, but has shape (1, 1)",
                        first,
                        Tensors.ones(3),
                        Tensors.zeros(1, 1))
                .rejects(
                        IndexOutOfBoundsException.class,
                        "indexSelect: index 3.0 at position 1 is not an integer in 0 … 2",
                        first,
                        Tensors.ones(3),
                        Tensors.of(0, 3))
                .rejects(
                        IndexOutOfBoundsException.class,
                        "index -1.0 at position 0",
                        first,
                        Tensors.ones(3),
                        Tensors.of(-1))
                .rejects(
                        IndexOutOfBoundsException.class,
                        "index 0.5 at position 0",
                        first,
                        Tensors.ones(3),
                        Tensors.of(0.5))
                .rejects(
                        IndexOutOfBoundsException.class,
                        "index NaN at position 0",
                        first,
                        Tensors.ones(3),
                        Tensors.of(Double.NaN))
                .build();
    }

    private static Tensor selected(IndexSelect op, Tensor x, Tensor chosen) {
        int[] dims = Naive.with(x.shape().dims(), op.axis(), chosen.size());
        return Naive.fill(dims, index -> x.get(Naive.with(index, op.axis(), (int) chosen.get(index[op.axis()]))));
    }

    private static OperationSpec gather() {
        OperationSpec.Builder spec = OperationSpec.of("gather", Gather.class).differentiates(0);
        for (int axis = 0; axis < 2; axis++) {
            Gather op = new Gather(axis);
            spec.sample(op, in -> gathered(op, in[0], in[1]), Values.spread(1, -1, 1, 3, 3), Values.indices(1, 3, 3, 3))
                    .sample(
                            op,
                            in -> gathered(op, in[0], in[1]),
                            Values.spread(1, -1, 1, 3, 3, 2),
                            Values.indices(2, 3, 2, 2, 1))
                    .sample(op, in -> gathered(op, in[0], in[1]), Values.spread(1, -1, 1, 3, 3), Tensors.zeros(0, 0));
        }
        Gather rows = new Gather(1);
        return spec.sample(
                        rows,
                        in -> gathered(rows, in[0], in[1]),
                        Values.spread(1, -1, 1, 2, 3),
                        Values.indices(3, 3, 2, 7))
                .sample(rows, in -> gathered(rows, in[0], in[1]), Values.spread(1, -1, 1, 2, 3), Tensors.zeros(2, 4))
                .rejects(
                        IllegalArgumentException.class,
                        "gather: an index of shape (2,) does not fit input (2, 3)",
                        rows,
                        Tensors.ones(2, 3),
                        Tensors.zeros(2))
                .rejects(
                        IllegalArgumentException.class,
                        "gather: an index of shape (3, 1) does not fit input (2, 3)",
                        rows,
                        Tensors.ones(2, 3),
                        Tensors.zeros(3, 1))
                .rejects(
                        IndexOutOfBoundsException.class,
                        "gather: index 3.0 at position 0 is not an integer in 0 … 2",
                        rows,
                        Tensors.ones(2, 3),
                        Tensors.of(new double[][] {{3}, {0}}))
                .rejects(
                        IndexOutOfBoundsException.class,
                        "gather: index -1.0 at position 1",
                        rows,
                        Tensors.ones(2, 3),
                        Tensors.of(new double[][] {{0}, {-1}}))
                .build();
    }

    private static Tensor gathered(Gather op, Tensor x, Tensor index) {
        return Naive.fill(index.shape().dims(), at -> x.get(Naive.with(at, op.axis(), (int) index.get(at))));
    }
}
