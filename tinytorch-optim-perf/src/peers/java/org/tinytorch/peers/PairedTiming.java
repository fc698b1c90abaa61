package org.tinytorch.peers;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Times two ways to do the same work in turn, because a machine that changes its speed then changes it for both: what counts is the ratio of each pair, and the
 * median of these. Both sides are compared as they are in the midst of a training run: compiled, with their threads awake.
 */
final class PairedTiming {
    /**
     * Both sides run this long before the first pair, ours most of it: the just-in-time compiler takes some seconds for vector code, and twice as long if our threads keep it from all cores.
     */
    static final double WARM_UP_SECONDS = 12;

    /** Before each timing a side runs this long, so that its threads are awake and its data is in the caches. */
    private static final double LEAD_NANOS = 5e6;

    /** A single timing lasts at least this long. */
    private static final double TIMING_NANOS = 10e6;

    /** The fewest pairs. */
    private static final int FEWEST = 11;

    /** libtorch's threads go on spinning for some milliseconds after a call; ours would have to share the cores with them. */
    private static final long PAUSE_MILLIS = 14;

    private PairedTiming() {}

    /** Medians in microseconds per call; the ratio is theirs to ours, so that more is better for us; 80 % of the ratios lie from low to high. */
    record Result(double ours, double theirs, double ratio, double low, double high, int rounds) {}

    static Result of(Workload work, double seconds) throws InterruptedException {
        run(work.ours(), WARM_UP_SECONDS * 1e9 * 2 / 3);
        run(work.theirs(), WARM_UP_SECONDS * 1e9 / 3);
        double[] ours = new double[1000];
        double[] theirs = new double[1000];
        double[] ratios = new double[1000];
        int rounds = 0;
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (rounds < ratios.length && (rounds < FEWEST || System.nanoTime() < end)) {
            theirs[rounds] = micros(work.theirs());
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            ours[rounds] = micros(work.ours());
            ratios[rounds] = theirs[rounds] / ours[rounds];
            rounds++;
        }
        return new Result(
                quantile(ours, rounds, 0.5),
                quantile(theirs, rounds, 0.5),
                quantile(ratios, rounds, 0.5),
                quantile(ratios, rounds, 0.1),
                quantile(ratios, rounds, 0.9),
                rounds);
    }

    /** Microseconds per call. */
    private static double micros(Runnable call) {
        run(call, LEAD_NANOS);
        return run(call, TIMING_NANOS) / 1e3;
    }

    /** Calls again and again, in groups that double so that reading the clock costs nothing, until the time is up; nanoseconds per call. */
    private static double run(Runnable call, double nanos) {
        long start = System.nanoTime();
        long calls = 0;
        long elapsed = 0;
        for (long group = 1; elapsed < nanos; group = Math.min(calls, 1000)) {
            for (long i = 0; i < group; i++) {
                call.run();
            }
            calls += group;
            elapsed = System.nanoTime() - start;
        }
        return (double) elapsed / calls;
    }

    private static double quantile(double[] values, int count, double q) {
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.round(q * (count - 1))];
    }
}
