// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/Finite.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.Arrays;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/** Refuses NaN and infinities, and says where the first one is. */
final class Finite {
    private Finite() {}

    /** @throws IllegalArgumentException if a number is not finite */
    static void check(String who, Tensor tensor) {
        double[] numbers = tensor.data();
        for (int i = 0; i < numbers.length; i++) {
            if (!Double.isFinite(numbers[i])) {
                throw new IllegalArgumentException(who + ": the number at " + Arrays.toString(index(tensor.shape(), i))
                        + " of a tensor of shape " + tensor.shape() + " is " + numbers[i]
                        + "; only finite numbers can be quantised, look for where it comes from");
            }
        }
    }

    private static int[] index(Shape shape, int offset) {
        int[] strides = shape.strides();
        int[] index = new int[strides.length];
        for (int axis = 0, left = offset; axis < strides.length; axis++) {
            index[axis] = left / strides[axis];
            left %= strides[axis];
        }
        return index;
    }
}
