// Yours: tasks 19.1, 19.2. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/Statistics.java.
package org.tinytorch.benchmarking;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.tinytorch.tensor.Generator;

/**
 * What can be said of a handful of measured values. Times have a long tail to the right, since a run can be interrupted but never be helped: the median and the bootstrap do not mind, the mean
 * and the deviation do.
 */
public final class Statistics {
    /** How often the bootstrap draws again: enough that the ends of a 95 % interval are steady. */
    static final int RESAMPLES = 2000;

    private Statistics() {}

    /**
     * The value in the middle; of an even number, the mean of the two in the middle. Of 4, 1, 3 and 100 it is 3.5.
     *
     * @param values in any order; the array stays as it is
     * @throws IllegalArgumentException if there is none, or one is not finite
     */
    public static double median(double... values) {
        double[] sorted = sorted("median", values);
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    /**
     * The value that a share q of all values does not exceed; between two of them, in proportion, as {@code numpy.quantile}. The quantile 0.25 of 10, 20, 30 and 40 lies at place
     * {@code 0.25 · 3 = 0.75}, three quarters of the way from the first to the second: 17.5.
     *
     * @param q from 0 (the smallest) to 1 (the largest)
     * @throws IllegalArgumentException if there is no value, one is not finite, or q is not from 0 to 1
     */
    public static double quantile(double q, double... values) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("quantile: " + q + " is no share; use 0 to 1");
        }
        double[] sorted = sorted("quantile", values);
        // region Task 19.1: a share of all runs
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 19.1
        throw new UnsupportedOperationException("Task 19.1: a share of all runs is not written yet: ./tito hint 19.1");
        // endregion
    }

    /**
     * The sum of the values, divided by how many there are.
     *
     * @throws IllegalArgumentException if there is none, or one is not finite
     */
    public static double mean(double... values) {
        return Arrays.stream(checked("mean", values)).sum() / values.length;
    }

    /**
     * The standard deviation {@code √(Σ (x − mean)² / (n − 1))}, with Bessel's correction, as {@code torch.std}. Of 1, 3, 5 and 7 it is {@code √(20/3)}; of a single value, which says nothing about
     * the spread, 0.
     *
     * @throws IllegalArgumentException if there is no value, or one is not finite
     */
    public static double deviation(double... values) {
        double mean = mean(values);
        double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
        return Math.sqrt(squares / Math.max(1, values.length - 1));
    }

    /**
     * Where the median of all runs that might have been lies, with some confidence, judged by the runs that were: {@link #bootstrap} of the median.
     *
     * @param confidence above 0 and below 1, such as 0.95
     * @throws IllegalArgumentException if there is no value, one is not finite, or the confidence is out of range
     */
    public static Interval medianInterval(double confidence, Generator generator, double... values) {
        checked("median interval", values);
        return bootstrap(values.length, picks -> median(picked(values, picks)), confidence, generator);
    }

    /**
     * The bootstrap (Efron, 1979): draws n of n measurements again and again, each time with replacement, so that some come twice and some not at all, and looks how much a statistic varies.
     * The interval holds the middle of what came out: with a confidence of 0.95, all but the lowest 2.5 % and the highest 2.5 %.
     *
     * @param n how many measurements there are
     * @param statistic of the measurements whose numbers, in {@code 0 … n − 1}, it is given
     * @param confidence above 0 and below 1
     * @param generator draws; the same seed gives the same interval
     * @throws IllegalArgumentException if n is not positive, the confidence out of range, or what came out not finite
     */
    public static Interval bootstrap(int n, ToDoubleFunction<int[]> statistic, double confidence, Generator generator) {
        if (n < 1) {
            throw new IllegalArgumentException(
                    "bootstrap: there are no values to draw from; measure at least one, better 20");
        }
        Interval.checkConfidence("bootstrap", confidence);
        // region Task 19.2: draw again
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 19.2
        throw new UnsupportedOperationException("Task 19.2: draw again is not written yet: ./tito hint 19.2");
        // endregion
    }

    /** The values at some places. */
    static double[] picked(double[] values, int... places) {
        return Arrays.stream(places).mapToDouble(place -> values[place]).toArray();
    }

    private static double[] sorted(String who, double... values) {
        double[] sorted = checked(who, values).clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static double[] checked(String who, double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException(who + ": there are no values; measure at least one");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(who + ": value " + i + " of " + values.length + " is " + values[i]
                        + "; leave it out, or find out why");
            }
        }
        return values;
    }
}
