// Yours: task 2.7. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Reshape.java.
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
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 2.7
        throw new UnsupportedOperationException(
                "Task 2.7: work out the -1 of a reshape is not written yet: ./tito hint 2.7");
        // endregion
    }
}
