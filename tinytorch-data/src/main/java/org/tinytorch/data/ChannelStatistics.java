package org.tinytorch.data;

import java.util.stream.IntStream;
import org.tinytorch.tensor.Tensor;

/**
 * Mean and deviation of each channel of a data set, in one pass. Each sample's own mean and squared deviations are merged into those of all before it
 * (Chan, Golub and LeVeque, 1979), which loses no digits where squares summed up would.
 */
final class ChannelStatistics {
    private static final int BATCH = 256;

    private final double[] mean;
    private final double[] squares;
    private double count;

    private ChannelStatistics(int channels) {
        this.mean = new double[channels];
        this.squares = new double[channels];
    }

    static ChannelStatistics of(Dataset dataset) {
        Tensor first = dataset.batch(0).input();
        if (first.rank() < 2) {
            throw new IllegalArgumentException(
                    "normalize: samples that are single numbers have no channels: a batch of one is " + first.shape());
        }
        ChannelStatistics statistics = new ChannelStatistics(first.dim(1));
        for (int from = 0; from < dataset.size(); from += BATCH) {
            int to = Math.min(dataset.size(), from + BATCH);
            statistics.add(dataset.batch(IntStream.range(from, to).toArray()).input());
        }
        return statistics;
    }

    private void add(Tensor inputs) {
        int plane = inputs.size() / inputs.dim(0) / mean.length;
        for (int i = 0; i < inputs.dim(0); i++) {
            for (int c = 0; c < mean.length; c++) {
                merge(c, inputs.data(), (i * mean.length + c) * plane, plane);
            }
            count += plane;
        }
    }

    private void merge(int channel, double[] values, int from, int n) {
        double sum = 0;
        for (int i = from; i < from + n; i++) {
            sum += values[i];
        }
        double own = sum / n;
        double ownSquares = 0;
        for (int i = from; i < from + n; i++) {
            ownSquares += (values[i] - own) * (values[i] - own);
        }
        double difference = own - mean[channel];
        mean[channel] += difference * n / (count + n);
        squares[channel] += ownSquares + difference * difference * count * n / (count + n);
    }

    int channels() {
        return mean.length;
    }

    double mean(int channel) {
        return mean[channel];
    }

    double deviation(int channel) {
        return Math.sqrt(squares[channel] / count);
    }
}
