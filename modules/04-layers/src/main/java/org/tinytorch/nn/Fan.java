// Yours: task 4.3. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/nn/Fan.java.
package org.tinytorch.nn;

import org.tinytorch.tensor.Shape;

/** Which number of connections an initialisation keeps the variance steady for: those into a neuron, or those out of it. */
public enum Fan {
    /** Connections into each output: steady activations on the way forward. */
    IN,
    /** Connections out of each input: steady gradients on the way back. */
    OUT;

    /**
     * The number of connections of a weight of shape {@code (out, in)} or, for a convolution, {@code (out, in, kernel…)}: {@code in} or {@code out} times
     * the size of the kernel. A linear layer's {@code (128, 784)} has 784 into each output and 128 out of each input; a kernel's
     * {@code (16, 3, 5, 4)} has 60 and 320.
     *
     * @throws IllegalArgumentException if the shape has fewer than two axes
     */
    public int of(Shape weight) {
        if (weight.rank() < 2) {
            throw new IllegalArgumentException("init: a tensor of shape " + weight
                    + " has no fan; it needs axes (out, in, …); use uniform or normal instead");
        }
        // region Task 4.3: count the connections of a neuron
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 4.3
        throw new UnsupportedOperationException(
                "Task 4.3: count the connections of a neuron is not written yet: ./tito hint 4.3");
        // endregion
    }
}
