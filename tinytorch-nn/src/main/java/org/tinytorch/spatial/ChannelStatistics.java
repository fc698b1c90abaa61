package org.tinytorch.spatial;

import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Mean and variance of each channel over the whole batch: input {@code (N, C, …)}, result {@code (2, C)}, the means above the variances. The variance is the biased
 * one, divided by the number of values.
 */
public record ChannelStatistics() implements Operation {
    /**
     * The statistics: {@code mean = Σ x / count} and {@code variance = Σ (x − mean)² / count} over all numbers of a channel, in all images.
     *
     * <p>Two images of one channel with two pixels, {@code [1, 3]} and {@code [5, 7]}, have the mean 4 and the variance 5.
     *
     * @param inputs x
     * @return {@code (2, C)}
     */
    @Override
    public Tensor forward(Tensor... inputs) {
        double[] x = inputs[0].data();
        Channels view = Channels.of(inputs[0].shape());
        double[] out = new double[2 * view.channels()];
        // region Task 9.7: mean and variance of a channel
        for (int c = 0; c < view.channels(); c++) {
            double sum = 0;
            for (int n = 0; n < view.images(); n++) {
                int start = view.start(n, c);
                for (int i = start; i < start + view.length(); i++) {
                    sum += x[i];
                }
            }
            double mean = sum / view.count();
            double squares = 0;
            for (int n = 0; n < view.images(); n++) {
                int start = view.start(n, c);
                for (int i = start; i < start + view.length(); i++) {
                    squares += (x[i] - mean) * (x[i] - mean);
                }
            }
            out[c] = mean;
            out[view.channels() + c] = squares / view.count();
        }
        return Tensors.of(out, 2, view.channels());
        // endregion
    }

    @Override
    public boolean differentiable() {
        return false;
    }
}
