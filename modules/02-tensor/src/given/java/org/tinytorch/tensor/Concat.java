// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Concat.java. Read it, don't edit it.
package org.tinytorch.tensor;

import java.util.Arrays;

/** Joins tensors end to end along an axis; along the others they must be alike. */
public record Concat(int axis) implements Operation {
    @Override
    public Tensor forward(Tensor... inputs) {
        Shape first = inputs[0].shape();
        int length = 0;
        for (Tensor input : inputs) {
            if (input.rank() != first.rank() || !input.shape().with(axis, 0).equals(first.with(axis, 0))) {
                throw new IllegalArgumentException("concat: shapes " + first + " and " + input.shape()
                        + " differ in more than axis " + axis + " of "
                        + Arrays.stream(inputs).map(Tensor::shape).toList());
            }
            length += input.dim(axis);
        }
        Shape shape = first.with(axis, length);
        AxisView to = AxisView.of(shape, axis);
        double[] out = new double[shape.size()];
        int start = 0;
        for (Tensor input : inputs) {
            AxisView from = AxisView.of(input.shape(), axis);
            for (int o = 0; o < to.outer(); o++) {
                System.arraycopy(input.data(), from.row(o, 0), out, to.row(o, start), from.length() * from.inner());
            }
            start += from.length();
        }
        return Tensors.of(out, shape);
    }
}
