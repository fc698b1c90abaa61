// Yours: tasks 14.1, 14.2. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-text/src/main/java/org/tinytorch/transformer/LayerNormalise.java.
package org.tinytorch.transformer;

import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Shifts and scales each row to mean 0 and variance 1, then to a scale and mean that are learnt (Ba et al., 2016): {@code y = weight · x̂ + bias} with
 * {@code x̂ = (x − mean) / √(variance + eps)}, as {@code torch.nn.functional.layer_norm} over the last axis. Unlike batch normalisation, a row's result depends on that row alone.
 *
 * <p>Inputs: x {@code (…, C)}, weight {@code (C,)}, bias {@code (C,)}; result as x. Gradients flow by way of {@link LayerNorm}.
 *
 * @param eps keeps the divisor from 0; positive
 */
public record LayerNormalise(double eps) implements Operation {
    private static final String NAME = "layer norm";

    /**
     * Checks eps.
     *
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public LayerNormalise {
        RowShape.checkEps(NAME, eps);
    }

    /**
     * What a row is normalised with.
     *
     * @param mean of its numbers
     * @param inverse {@code 1 / √(variance + eps)}; the variance is the biased one, divided by C
     */
    record Statistics(double mean, double inverse) {
        /** Of the {@code width} numbers from {@code x[from]} on. Of the row 1, 3, 5, 7: the mean 4, and {@code 1 / √(5 + eps)}. */
        static Statistics of(double[] x, int from, int width, double eps) {
            // region Task 14.1: the mean and the spread of a row
            // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 14.1
            throw new UnsupportedOperationException(
                    "Task 14.1: the mean and the spread of a row is not written yet: ./tito hint 14.1");
            // endregion
        }

        /** {@code x̂}. */
        double normalised(double x) {
            return (x - mean) * inverse;
        }
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        RowShape shape = RowShape.of(NAME, inputs[0]);
        shape.fits(NAME, "weight", inputs[1]);
        shape.fits(NAME, "bias", inputs[2]);
        double[] x = inputs[0].data();
        double[] weight = inputs[1].data();
        double[] bias = inputs[2].data();
        int width = shape.width();
        double[] y = new double[x.length];
        for (int row = 0; row < shape.rows(); row++) {
            Statistics statistics = Statistics.of(x, row * width, width, eps);
            for (int c = 0; c < width; c++) {
                y[row * width + c] = weight[c] * statistics.normalised(x[row * width + c]) + bias[c];
            }
        }
        return Tensors.of(y, inputs[0].shape());
    }

    @Override
    public boolean differentiable() {
        return false;
    }

    /** The gradients of bias and weight, {@code Σ g} and {@code Σ g · x̂} over all rows, as {@code (2, C)}. Inputs: x, and the gradient g of the result. */
    public record ParameterGradients(LayerNormalise of) implements Operation {
        @Override
        public Tensor forward(Tensor... inputs) {
            RowShape shape = RowShape.of(NAME, inputs[0]);
            RowShape.sameShape(NAME, inputs[0], inputs[1]);
            double[] x = inputs[0].data();
            double[] g = inputs[1].data();
            int width = shape.width();
            double[] sums = new double[2 * width];
            for (int row = 0; row < shape.rows(); row++) {
                Statistics statistics = Statistics.of(x, row * width, width, of.eps);
                for (int c = 0; c < width; c++) {
                    int i = row * width + c;
                    sums[c] += g[i];
                    sums[width + c] += g[i] * statistics.normalised(x[i]);
                }
            }
            return Tensors.of(sums, 2, width);
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    }

    /**
     * The gradient of x. With {@code h = weight · g}, that of {@code x̂}: {@code (h − mean(h) − x̂ · mean(h · x̂)) / √(variance + eps)}, with means over the row, because every x also moves the row's mean
     * and variance. Inputs: x, weight, and the gradient g of the result; result as x.
     */
    public record InputGradient(LayerNormalise of) implements Operation {
        @Override
        public Tensor forward(Tensor... inputs) {
            RowShape shape = RowShape.of(NAME, inputs[0]);
            shape.fits(NAME, "weight", inputs[1]);
            RowShape.sameShape(NAME, inputs[0], inputs[2]);
            double[] x = inputs[0].data();
            double[] weight = inputs[1].data();
            double[] g = inputs[2].data();
            int width = shape.width();
            double[] gx = new double[x.length];
            for (int row = 0; row < shape.rows(); row++) {
                goBack(x, weight, g, row * width, gx);
            }
            return Tensors.of(gx, inputs[0].shape());
        }

        /**
         * The gradient of one row, whose numbers begin at {@code from} in x, g and gx. For the row 1, 3, 5, 7, weights of 1 and g = 1, 0, 0, 0 it is 0.134, −0.179, −0.045, 0.089.
         *
         * @param gx takes it
         */
        private void goBack(double[] x, double[] weight, double[] g, int from, double[] gx) {
            int width = weight.length;
            Statistics statistics = Statistics.of(x, from, width, of.eps);
            // region Task 14.2: layer norm, the way back
            // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 14.2
            throw new UnsupportedOperationException(
                    "Task 14.2: layer norm, the way back is not written yet: ./tito hint 14.2");
            // endregion
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    }
}
