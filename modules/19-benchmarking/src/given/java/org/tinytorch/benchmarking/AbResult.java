// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/AbResult.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import java.util.List;
import java.util.Locale;
import org.tinytorch.benchmarking.AbTest.Verdict;
import org.tinytorch.tensor.Generator;

/**
 * What came out of an {@link AbTest}.
 *
 * @param nameA what B is compared with
 * @param nanosA the time of A in each pair
 * @param nameB what is judged
 * @param nanosB the time of B in each pair
 * @param ratio the median time of A divided by that of B: how many times as fast as A is B
 * @param interval where that ratio lies, by a bootstrap of the pairs
 * @param p the probability that noise alone looks so one-sided (Wilcoxon's signed-rank test)
 * @param verdict on B
 * @param warmUp how the warm-up of both went
 */
public record AbResult(
        String nameA,
        List<Double> nanosA,
        String nameB,
        List<Double> nanosB,
        double ratio,
        Interval interval,
        double p,
        Verdict verdict,
        WarmUp.Outcome warmUp) {
    /** The exact test takes time by the cube of the pairs. */
    static final int MOST_PAIRS = 500;

    private static final long SEED = 19;

    /** Copies the lists. */
    public AbResult {
        nanosA = List.copyOf(nanosA);
        nanosB = List.copyOf(nanosB);
    }

    /**
     * Judges times that were measured in pairs, after a warm-up that nothing is said of.
     *
     * @throws IllegalArgumentException if there are none or more than 500, not as many of A as of B, or one is not positive and finite
     */
    public static AbResult of(String nameA, List<Double> nanosA, String nameB, List<Double> nanosB, double confidence) {
        return of(nameA, nanosA, nameB, nanosB, confidence, new WarmUp.Outcome(0, true));
    }

    /** Judges times that were measured in pairs after a warm-up. */
    static AbResult of(
            String nameA,
            List<Double> nanosA,
            String nameB,
            List<Double> nanosB,
            double confidence,
            WarmUp.Outcome warmUp) {
        double[] a = checked(nameA, nanosA);
        double[] b = checked(nameB, nanosB);
        if (a.length != b.length) {
            throw new IllegalArgumentException("a/b test: " + a.length + " runs of '" + nameA + "' and " + b.length
                    + " of '" + nameB + "' are no pairs; there must be as many of each");
        }
        if (a.length > MOST_PAIRS) {
            throw new IllegalArgumentException("a/b test: " + a.length + " pairs are too many; use " + MOST_PAIRS
                    + " at most, and let a run do more if it is short");
        }
        Interval interval = Statistics.bootstrap(
                a.length,
                picks -> ratio(Statistics.picked(a, picks), Statistics.picked(b, picks)),
                confidence,
                new Generator(SEED));
        double p = SignedRankTest.pValue(differences(a, b));
        return new AbResult(
                nameA, nanosA, nameB, nanosB, ratio(a, b), interval, p, AbTest.verdict(a.length, p, interval), warmUp);
    }

    private static double[] checked(String name, List<Double> nanos) {
        for (double time : nanos) {
            if (!(time > 0 && Double.isFinite(time))) {
                throw new IllegalArgumentException("a/b test: a run of '" + name + "' took " + time
                        + " ns, with which nothing can be compared; let a run do more");
            }
        }
        return nanos.stream().mapToDouble(time -> time).toArray();
    }

    private static double ratio(double[] a, double[] b) {
        return Statistics.median(a) / Statistics.median(b);
    }

    private static double[] differences(double[] a, double[] b) {
        double[] differences = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            differences[i] = a[i] - b[i];
        }
        return differences;
    }

    /** How many pairs were measured. */
    public int pairs() {
        return nanosA.size();
    }

    /** For example {@code fused is 1.31 times as fast as plain (95 % from 1.27 to 1.36, p = 0.0002, 30 pairs): faster}; says if the times had not settled. */
    @Override
    public String toString() {
        String text = String.format(
                Locale.ROOT,
                "%s is %.2f times as fast as %s (%s from %.2f to %.2f, p = %.4f, %d %s%s): %s",
                nameB,
                ratio,
                nameA,
                interval.percent(),
                interval.low(),
                interval.high(),
                p,
                pairs(),
                pairs() == 1 ? "pair" : "pairs",
                warmUp.settled() ? "" : "; the times had not settled after " + warmUp.runs() + " warm-up runs of each",
                verdict);
        return verdict == Verdict.TOO_FEW_PAIRS
                ? text + "; it takes " + AbTest.pairsNeeded(interval.confidence()) + " or more"
                : text;
    }
}
