// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/WarmUp.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * How long to run before measuring: the first runs of any Java program are slow, because classes are loaded, code is compiled in several stages and caches are filled.
 *
 * @param least how many runs there are at least
 * @param most how many there are at most, whether or not the times have settled
 * @param leastNanos how long all of them take at least, together
 * @param mostNanos once they have taken so long together, no more are begun, whether or not the times have settled or there were enough; infinite if that does not matter
 * @param tolerance by which share the medians of the last five runs and of the five before may differ; infinite if that does not matter
 */
public record WarmUp(int least, int most, double leastNanos, double mostNanos, double tolerance) {
    /** Two windows of so many runs are compared. */
    static final int WINDOW = 5;

    private static final double TOLERANCE = 0.03;
    private static final int MOST = 10_000;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public WarmUp {
        if (least < 0 || most < least) {
            throw new IllegalArgumentException("warm-up: at least " + least + " and at most " + most
                    + " runs are not possible; use 0 or more, and no fewer at most than at least");
        }
        if (!(leastNanos >= 0) || !(tolerance > 0)) {
            throw new IllegalArgumentException("warm-up: at least " + leastNanos + " ns and a tolerance of " + tolerance
                    + " are not possible; use 0 ns or more and a share above 0, such as 0.03");
        }
        if (!(mostNanos >= leastNanos)) {
            throw new IllegalArgumentException("warm-up: at least " + leastNanos + " ns and at most " + mostNanos
                    + " ns are not possible; use no less at most than at least");
        }
    }

    /**
     * Exactly so many runs.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public static WarmUp runs(int runs) {
        return new WarmUp(runs, runs, 0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** Until the times have settled within 3 %, but for a second at least, and 20 seconds and 10,000 runs at most. */
    public static WarmUp untilSettled() {
        return untilSettled(TOLERANCE, Duration.ofSeconds(1), MOST).within(LONGEST);
    }

    /**
     * Until the medians of the last five runs and of the five before differ by no more than a share. The compiler works in stages, between which the times may look settled: hence a least time.
     *
     * @param tolerance a share of the later median, above 0
     * @param least how long to go on at least
     * @param most how many runs to make at most; the measurement says if the times had not settled then
     * @throws IllegalArgumentException if a number is out of range; most is at least 10
     */
    public static WarmUp untilSettled(double tolerance, Duration least, int most) {
        return new WarmUp(2 * WINDOW, most, least.toNanos(), Double.POSITIVE_INFINITY, tolerance);
    }

    /**
     * With a most time: the last run begins before it is over.
     *
     * @throws IllegalArgumentException if it is less than the least time
     */
    public WarmUp within(Duration longest) {
        return new WarmUp(least, most, leastNanos, longest.toNanos(), tolerance);
    }

    /**
     * How it went.
     *
     * @param runs how many there were; if two works ran in turn, of each
     * @param settled whether the times had settled, or need not
     */
    public record Outcome(int runs, boolean settled) {}

    /**
     * Runs one or more works in turn until enough is enough: each must have settled, and the time of all counts.
     *
     * @param works each makes one run and says how many nanoseconds it took
     */
    Outcome run(DoubleSupplier... works) {
        List<List<Double>> times =
                Stream.of(works).<List<Double>>map(work -> new ArrayList<>()).toList();
        int runs = 0;
        double sum = 0;
        while (runs < most && sum < mostNanos && !(runs >= least && sum >= leastNanos && allSettled(times))) {
            for (int i = 0; i < works.length; i++) {
                double time = works[i].getAsDouble();
                times.get(i).add(time);
                sum += time;
            }
            runs++;
        }
        return new Outcome(runs, allSettled(times));
    }

    private boolean allSettled(List<List<Double>> times) {
        return times.stream().allMatch(this::settled);
    }

    private boolean settled(List<Double> times) {
        if (Double.isInfinite(tolerance)) {
            return true;
        }
        int n = times.size();
        if (n < 2 * WINDOW) {
            return false;
        }
        double before = median(times.subList(n - 2 * WINDOW, n - WINDOW));
        double last = median(times.subList(n - WINDOW, n));
        return Math.abs(before - last) <= tolerance * last;
    }

    private static double median(List<Double> times) {
        return Statistics.median(times.stream().mapToDouble(time -> time).toArray());
    }
}
