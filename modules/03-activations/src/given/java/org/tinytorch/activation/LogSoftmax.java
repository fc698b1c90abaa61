// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/activation/LogSoftmax.java. Read it, don't edit it.
package org.tinytorch.activation;

import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

/**
 * The logarithm of {@link Softmax}, without the detour that would lose small probabilities: {@code xᵢ − max − log Σⱼ e^(xⱼ − max)}.
 *
 * @param axis counted from the front
 */
public record LogSoftmax(int axis) implements Operation {
    @Override
    public Tensor forward(Tensor... inputs) {
        Tensor out = inputs[0].copy();
        Rows.along(out.shape(), axis).forEach(row -> {
            double max = row.max(out.data());
            double sum = 0;
            for (int i = 0; i < row.length(); i++) {
                sum += Math.exp(out.data()[row.at(i)] - max);
            }
            double logSum = Math.log(sum);
            for (int i = 0; i < row.length(); i++) {
                out.data()[row.at(i)] =
                        out.data()[row.at(i)] - max - logSum; // in this order: max + logSum would round away logSum
            }
        });
        return out;
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
