// Yours: tasks 3.6, 3.7. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-core/src/main/java/org/tinytorch/activation/Softmax.java.
package org.tinytorch.activation;

import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

/**
 * Turns scores along an axis into probabilities: {@code e^(xᵢ) / Σⱼ e^(xⱼ)}. The largest score is subtracted first, which changes nothing but the range.
 *
 * @param axis counted from the front
 */
public record Softmax(int axis) implements Operation {
    @Override
    public Tensor forward(Tensor... inputs) {
        Tensor out = inputs[0].copy();
        Rows.along(out.shape(), axis).forEach(row -> normalise(out.data(), row));
        return out;
    }

    /**
     * Turns the scores of one row into probabilities, in place: [0, log 3] into [¼, ¾], [1000, 1000] into [½, ½]. A score of −∞ gets probability 0; one
     * that is NaN makes all of its row NaN.
     *
     * @param x all scores, flat
     * @param row where in x the scores of this row lie
     */
    private static void normalise(double[] x, Rows row) {
        // region Task 3.6: softmax less the maximum
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 3.6
        throw new UnsupportedOperationException(
                "Task 3.6: softmax less the maximum is not written yet: ./tito hint 3.6");
        // endregion
    }

    /**
     * The gradient of the input, row by row: {@code Σᵢ gᵢ · ∂yᵢ/∂xⱼ} for each j, where {@code ∂yᵢ/∂xⱼ = yᵢ(δᵢⱼ − yⱼ)}, and δᵢⱼ is 1 if i = j, else 0. A
     * row of n numbers takes n numbers of memory, not the n × n of its Jacobian. For y = [¼, ¾] and g = [1, 0] it is [3/16, −3/16].
     *
     * @param y the output of {@link #forward}, any shape
     * @param g the gradient of the output, of y's shape; so is the result
     */
    public Tensor gradient(Tensor y, Tensor g) {
        // region Task 3.7: the gradient of softmax without its Jacobian
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 3.7
        throw new UnsupportedOperationException(
                "Task 3.7: the gradient of softmax without its Jacobian is not written yet: ./tito hint 3.7");
        // endregion
    }
}
