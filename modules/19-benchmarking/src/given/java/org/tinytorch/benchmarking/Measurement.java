// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/Measurement.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import java.util.List;
import org.tinytorch.tensor.Generator;

/**
 * The times of all measured runs of some work.
 *
 * @param name of the work
 * @param nanos how many nanoseconds each run took, in the order of the runs
 * @param warmUp how the warm-up went
 */
public record Measurement(String name, List<Double> nanos, WarmUp.Outcome warmUp) {
    /** Of {@link #interval()}. */
    static final double CONFIDENCE = 0.95;

    private static final long SEED = 19;

    /**
     * Copies the times.
     *
     * @throws IllegalArgumentException if there is none, or one is negative or not finite
     */
    public Measurement {
        nanos = List.copyOf(nanos);
        if (nanos.isEmpty()) {
            throw new IllegalArgumentException("measurement: '" + name + "' has no runs; measure at least one");
        }
        for (double time : nanos) {
            if (!(time >= 0 && Double.isFinite(time))) {
                throw new IllegalArgumentException("measurement: a run of '" + name + "' took " + time
                        + " ns, which cannot be; look at the clock");
            }
        }
    }

    /** How many runs were measured. */
    public int runs() {
        return nanos.size();
    }

    /** The median of the times, in nanoseconds. */
    public double median() {
        return Statistics.median(values());
    }

    /** The time in nanoseconds that a share q of all runs did not exceed; see {@link Statistics#quantile}. */
    public double quantile(double q) {
        return Statistics.quantile(q, values());
    }

    /** The standard deviation of the times, in nanoseconds. */
    public double deviation() {
        return Statistics.deviation(values());
    }

    /** Where the median lies, in nanoseconds, with a confidence of 95 %; the same for the same times. Worked out anew at each call, which takes about a second for 5000 runs. */
    public Interval interval() {
        return Statistics.medianInterval(CONFIDENCE, new Generator(SEED), values());
    }

    /**
     * How much gets done in a second, by the median: 1000 images a run of 0.5 s are 2000 a second.
     *
     * @param items how much gets done in a run
     */
    public double perSecond(double items) {
        return items / (median() * 1e-9);
    }

    private double[] values() {
        return nanos.stream().mapToDouble(time -> time).toArray();
    }

    /** For example {@code step: 4.31 ms (95 % from 4.28 ms to 4.37 ms, 50 runs)}; says if the times had not settled. */
    @Override
    public String toString() {
        Interval interval = interval();
        return name + ": " + Units.time(median()) + " (" + interval.percent() + " from " + Units.time(interval.low())
                + " to " + Units.time(interval.high()) + ", " + runs() + (runs() == 1 ? " run" : " runs")
                + (warmUp.settled() ? "" : "; not settled after " + warmUp.runs() + " warm-up runs") + ")";
    }
}
