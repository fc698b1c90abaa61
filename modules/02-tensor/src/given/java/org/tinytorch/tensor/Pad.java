// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Pad.java. Read it, don't edit it.
package org.tinytorch.tensor;

import java.util.Arrays;

/**
 * Adds elements of one value before and after those along an axis.
 *
 * @param before how many in front, 0 or more
 * @param after how many behind, 0 or more
 */
public record Pad(int axis, int before, int after, double value) implements Operation {
    /** @throws IllegalArgumentException if a count is negative */
    public Pad {
        if (before < 0 || after < 0) {
            throw new IllegalArgumentException(
                    "pad: " + before + " before and " + after + " after; use 0 or more, and slice() to cut off");
        }
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        Shape input = inputs[0].shape();
        AxisView from = AxisView.of(input, axis);
        Shape shape = input.with(axis, before + input.dim(axis) + after);
        AxisView to = AxisView.of(shape, axis);
        double[] out = new double[shape.size()];
        Arrays.fill(out, value);
        for (int o = 0; o < from.outer(); o++) {
            System.arraycopy(inputs[0].data(), from.row(o, 0), out, to.row(o, before), from.length() * from.inner());
        }
        return Tensors.of(out, shape);
    }
}
