// Yours: tasks 2.1, 2.2, 2.3. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Shape.java.
package org.tinytorch.tensor;

import java.util.Arrays;

/**
 * The size of a tensor along each of its axes, in row-major order: the last axis varies fastest.
 *
 * <p>A scalar has rank 0 and prints as {@code ()}; a vector of three prints as {@code (3,)}; a matrix as {@code (2, 3)}. A dimension may be zero.
 * Wherever an axis is asked for, a negative one counts from the end. Immutable.
 */
public final class Shape {
    /** The shape of a scalar. */
    public static final Shape SCALAR = new Shape(new int[0]);

    private final int[] dims;
    private final int size;

    private Shape(int[] dims) {
        this.dims = dims;
        this.size = product(dims);
    }

    /**
     * A shape with these dimensions.
     *
     * @throws IllegalArgumentException if a dimension is negative or the number of elements exceeds 2³¹ − 1
     */
    public static Shape of(int... dims) {
        return dims.length == 0 ? SCALAR : new Shape(dims.clone());
    }

    private static int product(int[] dims) {
        boolean empty = false;
        double product = 1; // a double does not overflow, and holds every int exactly
        for (int dim : dims) {
            if (dim < 0) {
                throw new IllegalArgumentException("shape: dimension " + dim + " is negative in " + format(dims));
            }
            empty |= dim == 0;
            product *= dim;
        }
        if (product > Integer.MAX_VALUE && !empty) {
            throw new IllegalArgumentException(
                    "shape: " + format(dims) + " has more than 2^31 - 1 elements; split it into batches");
        }
        return empty ? 0 : (int) product;
    }

    /** The number of axes. */
    public int rank() {
        return dims.length;
    }

    /** The number of elements: the product of the dimensions, 1 for a scalar. */
    public int size() {
        return size;
    }

    /** The size along one axis; a negative axis counts from the end. */
    public int dim(int axis) {
        return dims[axis(axis)];
    }

    /** A copy of the dimensions. */
    public int[] dims() {
        return dims.clone();
    }

    /**
     * An axis counted from the front, in {@code 0 … rank − 1}.
     *
     * @param axis in {@code −rank … rank − 1}
     * @throws IllegalArgumentException if there is no such axis
     */
    public int axis(int axis) {
        int positive = axis < 0 ? axis + dims.length : axis;
        if (positive < 0 || positive >= dims.length) {
            throw new IllegalArgumentException("axis " + axis + " does not exist in shape " + this + "; use "
                    + (dims.length == 0 ? "no axis: it is a scalar" : -dims.length + " to " + (dims.length - 1)));
        }
        return positive;
    }

    /** How far apart in the flat array neighbours along each axis lie: for {@code (2, 3, 4)} that is {@code 12, 4, 1}. */
    public int[] strides() {
        // region Task 2.1: strides of a row-major array
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 2.1
        throw new UnsupportedOperationException(
                "Task 2.1: strides of a row-major array is not written yet: ./tito hint 2.1");
        // endregion
    }

    /**
     * The position in the flat array of the element at an index: for {@code (2, 3)}, index {@code (1, 2)} is at 5.
     *
     * @param index one entry per axis; a negative entry counts from the end
     * @throws IllegalArgumentException if the number of entries is not the rank
     * @throws IndexOutOfBoundsException if an entry is outside its axis
     */
    public int offset(int... index) {
        checkIndex(index);
        // region Task 2.2: flat offset of an index
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 2.2
        throw new UnsupportedOperationException(
                "Task 2.2: flat offset of an index is not written yet: ./tito hint 2.2");
        // endregion
    }

    private void checkIndex(int[] index) {
        if (index.length != dims.length) {
            throw new IllegalArgumentException("index " + format(index) + " has " + index.length
                    + " entries, but shape " + this + " has rank " + dims.length);
        }
        for (int axis = 0; axis < dims.length; axis++) {
            if (index[axis] < -dims[axis] || index[axis] >= dims[axis]) {
                throw new IndexOutOfBoundsException(
                        "index " + format(index) + " is outside shape " + this + " at axis " + axis);
            }
        }
    }

    /**
     * The shape that both this and the other stretch to, by NumPy's rule: line the shapes up at their last axis; two dimensions agree if they are
     * equal or one of them is 1. {@code (4, 1)} with {@code (3,)} gives {@code (4, 3)}.
     *
     * @throws IllegalArgumentException if a pair of dimensions does not agree
     */
    public Shape broadcast(Shape other) {
        if (Arrays.equals(dims, other.dims)) {
            return this;
        }
        // region Task 2.3: broadcast two shapes
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 2.3
        throw new UnsupportedOperationException("Task 2.3: broadcast two shapes is not written yet: ./tito hint 2.3");
        // endregion
    }

    /** {@link #broadcast(Shape)} for an operation, which the message names. */
    Shape broadcast(Object operation, Shape other) {
        try {
            return broadcast(other);
        } catch (IllegalArgumentException mismatch) {
            throw new IllegalArgumentException(operation + ": " + mismatch.getMessage(), mismatch);
        }
    }

    /**
     * Strides for reading a tensor of this shape as if it had been stretched to the target: 0 along every axis that is repeated.
     *
     * @throws IllegalArgumentException if this shape does not stretch to the target
     */
    public int[] stridesWithin(Shape target) {
        int missing = target.rank() - rank();
        int[] own = strides();
        int[] result = new int[target.rank()];
        for (int axis = 0; axis < rank(); axis++) {
            if (missing < 0 || (dims[axis] != 1 && dims[axis] != target.dims[missing + axis])) {
                throw new IllegalArgumentException("expand: shape " + this + " does not stretch to " + target
                        + "; only dimensions of 1 can be repeated");
            }
            result[missing + axis] = dims[axis] == 1 ? 0 : own[axis];
        }
        return result;
    }

    /** This shape with one dimension replaced. */
    public Shape with(int axis, int dim) {
        int[] result = dims();
        result[axis(axis)] = dim;
        return new Shape(result);
    }

    /** This shape without one axis. */
    public Shape without(int axis) {
        int gone = axis(axis);
        int[] result = new int[dims.length - 1];
        for (int from = 0, to = 0; from < dims.length; from++) {
            if (from != gone) {
                result[to++] = dims[from];
            }
        }
        return of(result);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /** NumPy's notation: {@code (2, 3)}, {@code (3,)}, {@code ()}. */
    @Override
    public String toString() {
        return format(dims);
    }

    private static String format(int[] dims) {
        String inside = Arrays.toString(dims).replace("[", "").replace("]", "");
        return dims.length == 1 ? "(" + inside + ",)" : "(" + inside + ")";
    }
}
