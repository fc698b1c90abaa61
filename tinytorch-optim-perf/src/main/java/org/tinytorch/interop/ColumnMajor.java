package org.tinytorch.interop;

import org.tinytorch.tensor.Shape;

/**
 * Where the numbers of an array in column-major ("Fortran") order belong in row-major order: there the first axis varies fastest, here the last. For shape (2, 3) that is 0, 3, 1, 4, 2, 5.
 */
final class ColumnMajor {
    private final int[] dims;
    private final int[] strides;
    private final int[] index;
    private int position;

    ColumnMajor(Shape shape) {
        this.dims = shape.dims();
        this.strides = shape.strides();
        this.index = new int[dims.length];
    }

    /** The place of the next number; after the last one it begins again. */
    int next() {
        int place = position;
        for (int axis = 0; axis < dims.length; axis++) {
            position += strides[axis];
            if (++index[axis] < dims[axis]) {
                break;
            }
            position -= strides[axis] * dims[axis];
            index[axis] = 0;
        }
        return place;
    }
}
