// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/IndexWalk.java. Read it, don't edit it.
package org.tinytorch.tensor;

/**
 * Walks through every index of a shape in row-major order, like an odometer, and keeps for each of several arrays the position that belongs to the
 * current index. An array's strides say how far its position moves when an index entry grows by one; 0 makes it stay.
 */
public final class IndexWalk {
    private final int[] dims;
    private final int[] index;
    private final int[][] strides;
    private final int[] positions;

    /** Starts at index 0, 0, … with all positions 0. */
    public IndexWalk(Shape shape, int[]... strides) {
        this.dims = shape.dims();
        this.index = new int[dims.length];
        this.strides = strides;
        this.positions = new int[strides.length];
    }

    /** Where the current index lies in an array. */
    public int position(int array) {
        return positions[array];
    }

    /** Goes on to the next index; after the last one it starts again. */
    public void next() {
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            boolean carry = ++index[axis] == dims[axis];
            for (int array = 0; array < positions.length; array++) {
                positions[array] += carry ? strides[array][axis] * (1 - dims[axis]) : strides[array][axis];
            }
            if (!carry) {
                return;
            }
            index[axis] = 0;
        }
    }
}
