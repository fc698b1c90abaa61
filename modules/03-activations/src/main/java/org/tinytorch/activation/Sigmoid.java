// Yours: task 3.3. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-core/src/main/java/org/tinytorch/activation/Sigmoid.java.
package org.tinytorch.activation;

/** The logistic function {@code σ(x) = 1 / (1 + e^(−x))}: from 0 to 1, ½ at 0. */
public record Sigmoid() implements Activation {
    @Override
    public double apply(double x) {
        return sigmoid(x);
    }

    /**
     * {@code 1 / (1 + e^(−x)) = eˣ / (1 + eˣ)} for every x, without an overflow on the way: ¾ at log 3, ¼ at −log 3, 1 at 1000, and 2.03e-313 rather than
     * 0 at −720. NaN stays NaN.
     */
    static double sigmoid(double x) {
        // region Task 3.3: sigmoid that never overflows
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 3.3
        throw new UnsupportedOperationException(
                "Task 3.3: sigmoid that never overflows is not written yet: ./tito hint 3.3");
        // endregion
    }

    /** {@code σ(x) · (1 − σ(x))}, ¼ at 0: from the output alone. */
    @Override
    public double derivative(double x, double y) {
        return y * (1 - y);
    }
}
