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
        double max = row.max(x);
        double sum = 0;
        for (int i = 0; i < row.length(); i++) {
            double e = Math.exp(x[row.at(i)] - max);
            x[row.at(i)] = e;
            sum += e;
        }
        for (int i = 0; i < row.length(); i++) {
            x[row.at(i)] /= sum;
        }
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
        Tensor average = g.mul(y).sum(true, axis); // Σᵢ gᵢyᵢ of each row
        return y.mul(g.sub(average));
        // endregion
    }
}
