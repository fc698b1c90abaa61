package org.tinytorch.milestones;

import org.tinytorch.benchmarking.Measurement;

/**
 * A network beside the one that was trained.
 *
 * @param network measured
 * @param time of an image, in nanoseconds: the time of each run divided by its images
 * @param faster how many times as fast as the trained network, by the medians
 * @param smaller how many times smaller in a file
 * @param fewer how many times fewer weights are not 0
 * @param lost how much of the accuracy is lost; negative if there is more
 */
record CompressedRow(
        CompressedNetwork network, Measurement time, double faster, double smaller, double fewer, double lost) {
    /** Compares. */
    static CompressedRow of(
            CompressedNetwork network, Measurement time, CompressedNetwork trained, Measurement timeOfTrained) {
        return new CompressedRow(
                network,
                time,
                timeOfTrained.median() / time.median(),
                (double) trained.bytes() / network.bytes(),
                (double) trained.weights() / network.weights(),
                trained.accuracy() - network.accuracy());
    }

    Compression how() {
        return network.how();
    }
}
