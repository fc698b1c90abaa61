package org.tinytorch.tensor;

import java.util.Arrays;

/** The same numbers, shared, under another shape. */
public record Reshape(Shape shape) implements Operation {
    @Override
    public Tensor forward(Tensor... inputs) {
        if (inputs[0].size() != shape.size()) {
            throw new IllegalArgumentException("reshape: shape " + inputs[0].shape() + " has " + inputs[0].size()
                    + " elements, but " + shape + " has " + shape.size());
        }
        return inputs[0].view(shape);
    }

    /**
     * The shape that some dimensions mean, one of which may be −1: whatever makes the number of elements come out.
     *
     * @throws IllegalArgumentException if two are −1, or no whole number fits
     */
    static Shape infer(Shape from, int... dims) {
        int unknown = -1;
        long known = 1;
        for (int axis = 0; axis < dims.length; axis++) {
            if (dims[axis] == -1 && unknown >= 0) {
                throw new IllegalArgumentException(
                        "reshape: only one dimension can be -1, but " + Arrays.toString(dims) + " has two");
            }
            unknown = dims[axis] == -1 ? axis : unknown;
            known *= dims[axis] == -1 ? 1 : dims[axis];
        }
        if (unknown < 0) {
            return Shape.of(dims);
        }
        // region Task 2.7: work out the -1 of a reshape
        if (known == 0 || from.size() % known != 0) {
            throw new IllegalArgumentException("reshape: shape " + from + " has " + from.size()
                    + " elements, which no value for -1 in " + Arrays.toString(dims) + " gives");
        }
        int[] filled = dims.clone();
        filled[unknown] = (int) (from.size() / known);
        return Shape.of(filled);
        // endregion
    }
}
