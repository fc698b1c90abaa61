package org.tinytorch.testing;

import java.util.List;
import org.tinytorch.activation.Activation;
import org.tinytorch.activation.Sigmoid;
import org.tinytorch.tensor.Gather;
import org.tinytorch.tensor.IndexSelect;
import org.tinytorch.tensor.ProdOfOthers;
import org.tinytorch.tensor.Reduce;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Slice;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.tensor.Unslice;

/** Operations that only gradients use; nothing flows through them. */
final class GradientSpecs {
    private GradientSpecs() {}

    static List<OperationSpec> all() {
        return List.of(activationGradient(), unslice(), indexSelectScatter(), gatherScatter(), prodOfOthers());
    }

    private static OperationSpec activationGradient() {
        Activation.Gradient op = new Activation.Gradient(new Sigmoid());
        OperationSpec.Builder spec = OperationSpec.of("activation gradient", Activation.Gradient.class);
        for (int[] dims : List.of(new int[] {}, new int[] {2, 3}, new int[] {0})) {
            spec.sample(
                    op,
                    in -> Naive.fill(dims, at -> in[1].get(at) * (1 - in[1].get(at)) * in[2].get(at)),
                    Values.spread(1, -2, 2, dims),
                    Values.spread(2, 0, 1, dims),
                    Values.spread(3, -1, 1, dims));
        }
        return spec.rejects(
                        IllegalArgumentException.class,
                        "input (3,), output (3,) and gradient (4,) must have one shape",
                        op,
                        Tensors.zeros(3),
                        Tensors.zeros(3),
                        Tensors.zeros(4))
                .build();
    }

    private static OperationSpec unslice() {
        OperationSpec.Builder spec = OperationSpec.of("unslice", Unslice.class);
        for (Slice slice : List.of(new Slice(0, 1, 2, 2), new Slice(0, 3, 4, -1), new Slice(0, 4, 0, 1))) {
            for (int[] rest : List.of(new int[] {}, new int[] {3}, new int[] {0})) {
                Shape shape = Shape.of(Naive.insert(rest, 0, 4));
                spec.sample(
                        new Unslice(slice, shape),
                        in -> putBack(slice, shape, in[0]),
                        Values.spread(1, -1, 1, shape.with(0, slice.length()).dims()));
            }
        }
        Slice second = new Slice(1, 2, 2, -2);
        return spec.sample(
                        new Unslice(second, Shape.of(2, 3)),
                        in -> putBack(second, Shape.of(2, 3), in[0]),
                        Values.spread(1, -1, 1, 2, 2))
                .build();
    }

    private static Tensor putBack(Slice slice, Shape shape, Tensor g) {
        return Naive.fill(shape.dims(), index -> {
            double value = 0;
            for (int i = 0; i < slice.length(); i++) {
                boolean here = slice.start() + i * slice.step() == index[slice.axis()];
                value = here ? g.get(Naive.with(index, slice.axis(), i)) : value;
            }
            return value;
        });
    }

    private static OperationSpec indexSelectScatter() {
        OperationSpec.Builder spec = OperationSpec.of("indexSelect gradient", IndexSelect.Scatter.class)
                .tolerance(1e-15);
        for (int axis = 0; axis < 2; axis++) {
            IndexSelect.Scatter op = new IndexSelect.Scatter(axis, Shape.of(3, 3));
            spec.sample(
                    op,
                    in -> scattered(op, in[0], in[1]),
                    Values.spread(1, -1, 1, axis == 0 ? 4 : 3, axis == 0 ? 3 : 4),
                    Tensors.of(2, 0, 2, 2));
        }
        return spec.sample(
                        new IndexSelect.Scatter(0, Shape.of(2)),
                        in -> Tensors.zeros(2),
                        Tensors.zeros(0),
                        Tensors.zeros(0))
                .build();
    }

    private static Tensor scattered(IndexSelect.Scatter op, Tensor g, Tensor chosen) {
        return Naive.fill(op.shape().dims(), index -> {
            double sum = 0;
            for (int i = 0; i < chosen.size(); i++) {
                sum += chosen.get(i) == index[op.axis()] ? g.get(Naive.with(index, op.axis(), i)) : 0;
            }
            return sum;
        });
    }

    private static OperationSpec gatherScatter() {
        OperationSpec.Builder spec =
                OperationSpec.of("gather gradient", Gather.Scatter.class).tolerance(1e-15);
        for (int axis = 0; axis < 2; axis++) {
            Gather.Scatter op = new Gather.Scatter(axis, Shape.of(3, 3));
            spec.sample(
                            op,
                            in -> scattered(op, in[0], in[1]),
                            Values.spread(1, -1, 1, 3, 3),
                            Values.indices(1, 3, 3, 3))
                    .sample(
                            op,
                            in -> scattered(op, in[0], in[1]),
                            Values.spread(1, -1, 1, 2, 2),
                            Values.indices(2, 3, 2, 2));
        }
        return spec.sample(
                        new Gather.Scatter(0, Shape.of(2)), in -> Tensors.zeros(2), Tensors.zeros(0), Tensors.zeros(0))
                .build();
    }

    private static Tensor scattered(Gather.Scatter op, Tensor g, Tensor picked) {
        return Naive.fill(op.shape().dims(), index -> {
            double sum = 0;
            for (int position = 0; position < g.size(); position++) {
                int[] from = Naive.index(g.shape().dims(), position);
                int[] to = Naive.with(from, op.axis(), (int) picked.get(from));
                sum += java.util.Arrays.equals(to, index) ? g.get(from) : 0;
            }
            return sum;
        });
    }

    private static OperationSpec prodOfOthers() {
        OperationSpec.Builder spec =
                OperationSpec.of("product of others", ProdOfOthers.class).tolerance(1e-14);
        Tensor zeros = Tensors.of(new double[][] {{1, 2, 3}, {0, 2, 3}, {0, 0, 3}});
        for (int[] axes : List.of(new int[] {0}, new int[] {1}, new int[] {0, 1})) {
            Reduce product = Reduce.over(Reduce.Kind.PROD, zeros.shape(), false, axes);
            ProdOfOthers op = new ProdOfOthers(product);
            spec.sample(op, in -> others(product, in[0]), zeros)
                    .sample(op, in -> others(product, in[0]), Values.spread(1, -2, 2, 3, 2))
                    .sample(op, in -> others(product, in[0]), Tensors.zeros(0, 2));
        }
        return spec.special(
                        new ProdOfOthers(new Reduce(Reduce.Kind.PROD, List.of(0), false)),
                        Tensors.of(Double.NaN, 0),
                        Tensors.of(0, Double.NaN))
                .build();
    }

    private static Tensor others(Reduce product, Tensor x) {
        int[] dims = x.shape().dims();
        return Naive.fill(dims, index -> {
            double result = 1;
            for (int position = 0; position < x.size(); position++) {
                int[] other = Naive.index(dims, position);
                boolean together = !java.util.Arrays.equals(other, index);
                for (int axis = 0; axis < dims.length; axis++) {
                    together &= product.axes().contains(axis) || other[axis] == index[axis];
                }
                result *= together ? x.get(other) : 1;
            }
            return result;
        });
    }
}
