package org.tinytorch.milestones;

import org.tinytorch.benchmarking.Interval;
import org.tinytorch.benchmarking.Measurement;

/**
 * What was measured of a model with some techniques.
 *
 * @param time of an item, in nanoseconds: the time of each run divided by its items
 * @param items in a run
 * @param allocated bytes that an item takes, whether or not they are garbage soon
 * @param growth bytes by which the heap grew in a run at its peak, garbage included
 * @param weightBytes what the weights take
 * @param quality of the results
 */
record Measured(Measurement time, int items, long allocated, long growth, long weightBytes, double quality) {
    /** The median time of an item in nanoseconds. */
    double median() {
        return time.median();
    }

    /** How many times as fast as another one this is, by the medians: 10 ms after 40 ms is 4. */
    double timesAsFastAs(Measured other) {
        return other.median() / median();
    }

    /**
     * Where that factor lies if both medians lie in their intervals: from 30–50 ms to 8–12 ms, between {@code 30/12 = 2.5} and {@code 50/8 = 6.25}. Wider than it would have to be.
     */
    Interval timesAsFastInterval(Measured other) {
        Interval mine = time.interval();
        Interval its = other.time.interval();
        return new Interval(its.low() / mine.high(), its.high() / mine.low(), mine.confidence());
    }
}
