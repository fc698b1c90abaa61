// Yours: task 3.1. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-core/src/main/java/org/tinytorch/activation/Relu.java.
package org.tinytorch.activation;

/** The rectified linear unit, {@code max(0, x)} (Nair and Hinton, 2010); slope 0 at 0, as {@code torch.relu}. NaN stays NaN. */
public record Relu() implements Activation {
    /** {@code max(0, x)}: −2 gives 0, 0 gives 0, 3 gives 3; ∞ stays ∞ and NaN stays NaN. */
    @Override
    public double apply(double x) {
        // region Task 3.1: ReLU, at 0 and at NaN
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 3.1
        throw new UnsupportedOperationException("Task 3.1: ReLU, at 0 and at NaN is not written yet: ./tito hint 3.1");
        // endregion
    }

    /** The slope is 1 above 0 and 0 below. At 0 there is none: we say 0, as {@code torch.relu} does. */
    @Override
    public double derivative(double x, double y) {
        return x > 0 ? 1 : 0;
    }
}
