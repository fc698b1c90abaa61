package org.tinytorch.spatial;

import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Mean and variance of each channel over the whole batch: input {@code (N, C, …)}, result {@code (2, C)}, the means above the variances. The variance is the biased
 * one, divided by the number of values.
 */
public record ChannelStatistics() implements Operation {
    @Override
    public Tensor forward(Tensor... inputs) {
        double[] x = inputs[0].data();
        Channels view = Channels.of(inputs[0].shape());
        double[] out = new double[2 * view.channels()];
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
    }

    @Override
    public boolean differentiable() {
        return false;
    }
}
