// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/activation/Softmax.java. Read it, don't edit it.
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
        Rows.along(out.shape(), axis).forEach(row -> {
            double max = row.max(out.data());
            double sum = 0;
            for (int i = 0; i < row.length(); i++) {
                double e = Math.exp(out.data()[row.at(i)] - max);
                out.data()[row.at(i)] = e;
                sum += e;
            }
            for (int i = 0; i < row.length(); i++) {
                out.data()[row.at(i)] /= sum;
            }
        });
        return out;
    }

    /**
     * The gradient of the input: {@code y · (g − Σⱼ gⱼyⱼ)}, the Jacobian {@code diag(y) − yyᵀ} applied to g without building it.
     *
     * @param y the output of {@link #forward}
     * @param g the gradient of the output
     */
    public Tensor gradient(Tensor y, Tensor g) {
        return y.mul(g.sub(g.mul(y).sum(true, axis)));
    }
}
