// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/activation/Rows.java. Read it, don't edit it.
package org.tinytorch.activation;

import java.util.function.Consumer;
import org.tinytorch.tensor.Shape;

/** One line of numbers along an axis of a flat array: the elements that a softmax normalises together. */
record Rows(int start, int length, int stride) {
    /** Every line along an axis, one after the other. */
    static Lines along(Shape shape, int axis) {
        return visitor -> {
            int stride = shape.strides()[axis];
            int length = shape.dim(axis);
            int lines = length == 0 ? 0 : shape.size() / length;
            for (int line = 0; line < lines; line++) {
                visitor.accept(new Rows(line / stride * stride * length + line % stride, length, stride));
            }
        };
    }

    /** Something that visits lines. */
    interface Lines {
        void forEach(Consumer<Rows> visitor);
    }

    /** Where the i-th number of the line lies in the flat array. */
    int at(int i) {
        return start + i * stride;
    }

    /** The largest number of the line; NaN if one of them is. */
    double max(double[] data) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < length; i++) {
            max = Math.max(max, data[at(i)]);
        }
        return max;
    }
}
