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

    /** The sum of all squared deviations from the mean, for each channel. */
    private final double[] squares;

    /** How many numbers of a channel were merged so far. */
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
                add(c, inputs.data(), (i * mean.length + c) * plane, plane);
            }
            count += plane;
        }
    }

    private void add(int channel, double[] values, int from, int n) {
        double sum = 0;
        for (int i = from; i < from + n; i++) {
            sum += values[i];
        }
        double own = sum / n;
        double ownSquares = 0;
        for (int i = from; i < from + n; i++) {
            ownSquares += (values[i] - own) * (values[i] - own);
        }
        merge(channel, n, own, ownSquares);
    }

    /**
     * Takes another group of numbers of a channel in: makes {@code mean[channel]} the mean of all numbers so far and of these, and {@code squares[channel]} the
     * sum of the squared deviations of all of them from it. How many there were before, says {@code count}; the caller raises it.
     *
     * <p>Deviations from another point p than the mean m of n numbers add up to more: {@code Σ(x − p)² = Σ(x − m)² + n (m − p)²}.
     *
     * <p>1 and 3 have the mean 2 and the squares 1 + 1 = 2. With 5 and 7, whose mean is 6 and whose squares are 2, too, they become 4 and 9 + 1 + 1 + 9 = 20.
     *
     * @param n how many numbers the group has, at least 1
     * @param groupMean their mean
     * @param groupSquares the sum of their squared deviations from {@code groupMean}
     */
    private void merge(int channel, int n, double groupMean, double groupSquares) {
        // region Task 10.4: merge the statistics of two groups
        double difference = groupMean - mean[channel];
        mean[channel] += difference * n / (count + n);
        squares[channel] += groupSquares + difference * difference * count * n / (count + n);
        // endregion
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
