// Yours: task 3.8. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-core/src/main/java/org/tinytorch/activation/LogSoftmax.java.
package org.tinytorch.activation;

import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

/**
 * The logarithm of {@link Softmax}, without the detour that would lose small probabilities: {@code xᵢ − log Σⱼ e^(xⱼ)}, for scores of any size.
 *
 * @param axis counted from the front
 */
public record LogSoftmax(int axis) implements Operation {
    @Override
    public Tensor forward(Tensor... inputs) {
        Tensor out = inputs[0].copy();
        Rows.along(out.shape(), axis).forEach(row -> normalise(out.data(), row));
        return out;
    }

    /**
     * Turns the scores of one row into logarithms of probabilities, in place: [0, log 3] into [−log 4, log ¾], [1000, 0] into [0, −1000], and [1e16, 1e16]
     * into [−log 2, −log 2].
     *
     * @param x all scores, flat
     * @param row where in x the scores of this row lie
     */
    private static void normalise(double[] x, Rows row) {
        // region Task 3.8: log-softmax in one step
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 3.8
        throw new UnsupportedOperationException(
                "Task 3.8: log-softmax in one step is not written yet: ./tito hint 3.8");
        // endregion
    }

    /**
     * The gradient of the input: {@code g − eʸ · Σⱼ gⱼ}.
     *
     * @param y the output of {@link #forward}
     * @param g the gradient of the output
     */
    public Tensor gradient(Tensor y, Tensor g) {
        return g.sub(y.exp().mul(g.sum(true, axis)));
    }
}
