// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Indices.java. Read it, don't edit it.
package org.tinytorch.tensor;

/** Reads tensors of integer values, such as token ids and class labels, and checks each where it is used. */
public final class Indices {
    private Indices() {}

    /**
     * One entry as an index.
     *
     * @param operation named in the message
     * @param limit the first value that is too large
     * @throws IndexOutOfBoundsException if the value is not an integer in {@code 0 … limit − 1}
     */
    public static int at(Tensor indices, int position, int limit, String operation) {
        double value = indices.data()[position];
        int index = (int) value;
        if (index != value || index < 0 || index >= limit) {
            throw new IndexOutOfBoundsException(operation + ": index " + value + " at position " + position
                    + " is not an integer in 0 … " + (limit - 1));
        }
        return index;
    }
}
