package org.tinytorch.peers;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Times two ways to do the same work in turn, because a machine that changes its speed then changes it for both: what counts is the ratio of each pair, and the
 * median of these.
 */
final class PairedTiming {
    /** A single timing lasts at least this long. */
    private static final double BATCH_NANOS = 2e6;

    /** libtorch's threads go on spinning for some milliseconds after a call; ours would have to share the cores with them. */
    private static final long PAUSE_MILLIS = 14;

    private PairedTiming() {}

    /** Medians in microseconds per call; the ratio is theirs to ours, so that more is better for us. */
    record Result(double ours, double theirs, double ratio, double low, double high, int rounds) {}

    static Result of(Workload work, double seconds) throws InterruptedException {
        int ours = warmedUp(work.ours(), seconds);
        int theirs = warmedUp(work.theirs(), seconds);
        int rounds = 0;
        double[] ourTimes = new double[1000];
        double[] theirTimes = new double[1000];
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (rounds < 1000 && (rounds < 11 || System.nanoTime() < end)) {
            theirTimes[rounds] = time(work.theirs(), theirs);
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            work.ours().run(); // wakes up what slept in the pause
            ourTimes[rounds] = time(work.ours(), ours);
            rounds++;
        }
        double[] ratios = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            ratios[i] = theirTimes[i] / ourTimes[i];
        }
        return new Result(
                quantile(Arrays.copyOf(ourTimes, rounds), 0.5),
                quantile(Arrays.copyOf(theirTimes, rounds), 0.5),
                quantile(ratios, 0.5),
                quantile(ratios, 0.1),
                quantile(ratios, 0.9),
                rounds);
    }

    /** Runs for a while, and returns how many calls make up a batch. */
    private static int warmedUp(Runnable call, double seconds) {
        long end = System.nanoTime() + (long) (Math.max(2, seconds / 2) * 1e9);
        int calls = 1;
        while (System.nanoTime() < end) {
            calls = (int) Math.max(1, Math.min(100_000, BATCH_NANOS / 1e3 / Math.max(1e-2, time(call, calls))));
        }
        return calls;
    }

    /** Microseconds per call. */
    private static double time(Runnable call, int calls) {
        long start = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            call.run();
        }
        return (System.nanoTime() - start) / 1e3 / calls;
    }

    private static double quantile(double[] values, double q) {
        Arrays.sort(values);
        return values[(int) Math.round(q * (values.length - 1))];
    }
}
