// Yours: task 9.9. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/spatial/BatchNormalise.java.
package org.tinytorch.spatial;

import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Shifts and scales each channel to mean 0 and variance 1, then to a mean and scale that are learnt (Ioffe and Szegedy, 2015):
 * {@code y = weight · x̂ + bias} with {@code x̂ = (x − mean) / √(variance + eps)}.
 *
 * <p>Inputs: x {@code (N, C, …)}, statistics {@code (2, C)} as {@link ChannelStatistics} gives them, weight {@code (C,)}, bias {@code (C,)}. Gradients flow by way of
 * {@link BatchNorm2d}.
 *
 * @param eps keeps the divisor from 0; positive
 */
public record BatchNormalise(double eps) implements Operation {
    /**
     * Checks eps.
     *
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public BatchNormalise {
        if (!(eps > 0) || Double.isInfinite(eps)) {
            throw new IllegalArgumentException("batch norm: eps = " + eps + " must be positive and finite");
        }
    }

    /** The factor {@code 1 / √(variance + eps)} of one channel. */
    public double inverseDeviation(double variance) {
        return 1 / Math.sqrt(variance + eps);
    }

    private static Channels check(Tensor x, Tensor statistics) {
        Channels view = Channels.of(x.shape());
        fits("statistics", statistics, Shape.of(2, view.channels()), x);
        return view;
    }

    private static void fits(String what, Tensor given, Shape needed, Tensor x) {
        if (!given.shape().equals(needed)) {
            throw new IllegalArgumentException("batch norm: " + what + " of shape " + given.shape()
                    + " cannot go with input " + x.shape() + ", which needs " + needed);
        }
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        double[] x = inputs[0].data();
        double[] statistics = inputs[1].data();
        Channels view = check(inputs[0], inputs[1]);
        fits("weight", inputs[2], Shape.of(view.channels()), inputs[0]);
        fits("bias", inputs[3], Shape.of(view.channels()), inputs[0]);
        double[] y = new double[x.length];
        for (int c = 0; c < view.channels(); c++) {
            double mean = statistics[c];
            double scale = inverseDeviation(statistics[view.channels() + c])
                    * inputs[2].data()[c];
            double shift = inputs[3].data()[c];
            for (int n = 0; n < view.images(); n++) {
                int start = view.start(n, c);
                for (int i = start; i < start + view.length(); i++) {
                    y[i] = (x[i] - mean) * scale + shift;
                }
            }
        }
        return Tensors.of(y, inputs[0].shape());
    }

    @Override
    public boolean differentiable() {
        return false;
    }

    /**
     * The gradients of bias and weight, {@code Σ g} and {@code Σ g · x̂} over each channel, as {@code (2, C)}. Inputs: x, statistics, and the gradient g of the result.
     */
    public record ParameterGradients(BatchNormalise of) implements Operation {
        @Override
        public Tensor forward(Tensor... inputs) {
            double[] x = inputs[0].data();
            double[] statistics = inputs[1].data();
            double[] g = inputs[2].data();
            Channels view = check(inputs[0], inputs[1]);
            fits("gradient", inputs[2], inputs[0].shape(), inputs[0]);
            double[] out = new double[2 * view.channels()];
            for (int c = 0; c < view.channels(); c++) {
                double mean = statistics[c];
                double sum = 0;
                double product = 0;
                for (int n = 0; n < view.images(); n++) {
                    int start = view.start(n, c);
                    for (int i = start; i < start + view.length(); i++) {
                        sum += g[i];
                        product += g[i] * (x[i] - mean);
                    }
                }
                out[c] = sum;
                out[view.channels() + c] = product * of.inverseDeviation(statistics[view.channels() + c]);
            }
            return Tensors.of(out, 2, view.channels());
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    }

    /**
     * The gradient of x: {@code weight / √(variance + eps) · (g − a − x̂ · b)}. If the statistics are those of x itself, a and b are the means over the channel of g and
     * of {@code g · x̂}, because every x also moves the mean and the variance; if they are fixed, a and b are 0.
     *
     * <p>Inputs: x, statistics, weight, {@code (2, C)} with a above b, and the gradient g of the result.
     */
    public record InputGradient(BatchNormalise of) implements Operation {
        /**
         * The gradient. For one channel of the values 2, 2, 6, 6, with mean 4, variance 4 and weight 1, and g = 4, 0, 0, 0: a is 1, b is −1, and the gradient is 1, −1, 0, 0
         * (but for eps).
         *
         * @param inputs x, statistics, weight, a above b, and g
         * @return a gradient of x's shape
         */
        @Override
        public Tensor forward(Tensor... inputs) {
            double[] x = inputs[0].data();
            double[] statistics = inputs[1].data();
            double[] means = inputs[3].data();
            double[] g = inputs[4].data();
            Channels view = check(inputs[0], inputs[1]);
            fits("weight", inputs[2], Shape.of(view.channels()), inputs[0]);
            fits("means", inputs[3], Shape.of(2, view.channels()), inputs[0]);
            fits("gradient", inputs[4], inputs[0].shape(), inputs[0]);
            double[] gx = new double[x.length];
            // region Task 9.9: the gradient through the normalisation
            // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 9.9
            throw new UnsupportedOperationException(
                    "Task 9.9: the gradient through the normalisation is not written yet: ./tito hint 9.9");
            // endregion
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    }
}
