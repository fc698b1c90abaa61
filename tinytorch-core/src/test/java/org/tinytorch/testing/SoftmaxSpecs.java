package org.tinytorch.testing;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;

import java.util.List;
import org.tinytorch.activation.Activations;
import org.tinytorch.activation.LogSoftmax;
import org.tinytorch.activation.Softmax;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Softmax and its logarithm. */
final class SoftmaxSpecs {
    private SoftmaxSpecs() {}

    static List<OperationSpec> all() {
        return List.of(
                samples(OperationSpec.of("softmax", Softmax.class), false)
                        .special(new Softmax(0), Tensors.of(0.5, 0.5, 0), Tensors.of(1e3, 1e3, -1e3))
                        .special(new Softmax(0), Tensors.of(1, 0), Tensors.of(1e300, -1e300))
                        .special(new Softmax(0), Tensors.of(0.5, 0, 0.5), Tensors.of(3, NEGATIVE_INFINITY, 3))
                        .special(new Softmax(0), Tensors.of(NaN, NaN), Tensors.of(NEGATIVE_INFINITY, NEGATIVE_INFINITY))
                        .special(new Softmax(0), Tensors.of(NaN, NaN), Tensors.of(1, NaN))
                        .rejects(
                                IllegalArgumentException.class,
                                "axis 1 does not exist in shape (3,)",
                                () -> Activations.softmax(Tensors.ones(3), 1))
                        .rejects(
                                IllegalArgumentException.class,
                                "it is a scalar",
                                () -> Activations.softmax(Tensors.scalar(1), 0))
                        .build(),
                samples(OperationSpec.of("logSoftmax", LogSoftmax.class), true)
                        .special(new LogSoftmax(0), Tensors.of(0, -2e3), Tensors.of(1e3, -1e3))
                        .special(new LogSoftmax(0), Tensors.of(-Math.log(2), -Math.log(2)), Tensors.of(1e16, 1e16))
                        .special(
                                new LogSoftmax(0),
                                Tensors.of(-Math.log(2), NEGATIVE_INFINITY, -Math.log(2)),
                                Tensors.of(3, NEGATIVE_INFINITY, 3))
                        .special(new LogSoftmax(0), Tensors.of(NaN, NaN), Tensors.of(POSITIVE_INFINITY, 1))
                        .special(new LogSoftmax(0), Tensors.of(NaN, NaN), Tensors.of(1, NaN))
                        .rejects(
                                IllegalArgumentException.class,
                                "axis -2 does not exist in shape (3,)",
                                () -> Activations.logSoftmax(Tensors.ones(3), -2))
                        .build());
    }

    private static OperationSpec.Builder samples(OperationSpec.Builder spec, boolean log) {
        for (int[] dims : List.of(
                new int[] {4},
                new int[] {1},
                new int[] {2, 3},
                new int[] {2, 3, 4},
                new int[] {3, 1},
                new int[] {0},
                new int[] {0, 3},
                new int[] {3, 0})) {
            for (int axis = 0; axis < dims.length; axis++) {
                Operation op = log ? new LogSoftmax(axis) : new Softmax(axis);
                int along = axis;
                spec.sample(op, in -> naive(in[0], along, log), Values.spread(dims.length, -3, 3, dims));
            }
        }
        return spec.tolerance(1e-14);
    }

    private static Tensor naive(Tensor x, int axis, boolean log) {
        return Naive.fill(x.shape().dims(), index -> {
            double sum = 0;
            for (int i = 0; i < x.dim(axis); i++) {
                sum += Math.exp(x.get(Naive.with(index, axis, i)));
            }
            double probability = Math.exp(x.get(index)) / sum;
            return log ? Math.log(probability) : probability;
        });
    }
}
