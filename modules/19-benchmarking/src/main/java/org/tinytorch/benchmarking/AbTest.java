// Yours: task 19.5. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/AbTest.java.
package org.tinytorch.benchmarking;

import java.util.function.LongSupplier;
import org.tinytorch.setup.Stopwatch;

/**
 * Which of two ways is faster, or is it noise? Both run in turn, A B, B A, A B, …, so that a machine that grows slower or faster meanwhile does so for both, and neither is always the first.
 *
 * <pre>{@code
 * AbResult result = new AbTest().pairs(30).compare("plain", () -> plain.forward(x), "fused", () -> fused.forward(x));
 * System.out.println(result); // fused is 1.31 times as fast as plain (95 % from 1.27 to 1.36, p = 0.0000, 30 pairs): faster
 * }</pre>
 *
 * <p>A test is decided before it is run: to add pairs until the difference is significant finds one where there is none. Immutable: each setting gives a new test.
 */
public final class AbTest {
    private static final int PAIRS = 30;
    private static final double CONFIDENCE = 0.95;

    private final LongSupplier nanoClock;
    private final WarmUp warmUp;
    private final int pairs;
    private final double confidence;

    /** On the JVM's clock; warms up until the times have settled, and runs 30 pairs; asks for a confidence of 95 %. */
    public AbTest() {
        this(System::nanoTime);
    }

    /**
     * On another clock, such as one that a test turns by hand.
     *
     * @param nanoClock counts nanoseconds from any start; read once before and once after each run
     */
    public AbTest(LongSupplier nanoClock) {
        this(nanoClock, WarmUp.untilSettled(), PAIRS, CONFIDENCE);
    }

    private AbTest(LongSupplier nanoClock, WarmUp warmUp, int pairs, double confidence) {
        this.nanoClock = nanoClock;
        this.warmUp = warmUp;
        this.pairs = pairs;
        this.confidence = confidence;
    }

    /** With another warm-up, in which both run in turn. */
    public AbTest warmUp(WarmUp other) {
        return new AbTest(nanoClock, other, pairs, confidence);
    }

    /**
     * With so many pairs of runs.
     *
     * @throws IllegalArgumentException if the number is not from 1 to 500
     */
    public AbTest pairs(int number) {
        if (number < 1 || number > AbResult.MOST_PAIRS) {
            throw new IllegalArgumentException("a/b test: " + number + " pairs are not possible; use 1 to "
                    + AbResult.MOST_PAIRS + ", better 20 or more");
        }
        return new AbTest(nanoClock, warmUp, number, confidence);
    }

    /**
     * With another confidence: a difference is called one if noise would make it look so in no more than {@code 1 − confidence} of all tests.
     *
     * @throws IllegalArgumentException if it is not above 0 and below 1
     */
    public AbTest confidence(double wanted) {
        Interval.checkConfidence("a/b test", wanted);
        return new AbTest(nanoClock, warmUp, pairs, wanted);
    }

    /** Warms both up and times them, always in turn, and judges. An exception of either ends the test and is passed on. */
    public AbResult compare(String nameA, Runnable a, String nameB, Runnable b) {
        Stopwatch one = new Stopwatch(nanoClock).warmUp(0).repeat(1);
        WarmUp.Outcome warm =
                warmUp.run(() -> one.measure(a).median(), () -> one.measure(b).median());
        Pairs times = Pairs.inTurn(
                pairs, () -> one.measure(a).median(), () -> one.measure(b).median());
        return AbResult.of(nameA, times.a(), nameB, times.b(), confidence, warm);
    }

    /** What a test shows of B, compared with A. */
    public enum Verdict {
        /** B takes less time. */
        FASTER("faster"),
        /** B takes more time. */
        SLOWER("slower"),
        /** What there is may be noise. That does not prove that both are the same. */
        NO_DIFFERENCE_SHOWN("no difference shown"),
        /** Whatever the times are, so few pairs could not tell a difference from noise. */
        TOO_FEW_PAIRS("too few pairs");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * Real or noise? It is real if both ways of asking agree: noise alone would give so one-sided pairs with a probability of no more than {@code 1 − confidence}, and the interval of the ratio leaves
     * 1 out. With p = 0.01 and an interval of 95 % from 1.1 to 1.3, B is faster; with p = 0.2, no difference is shown, however large the ratio.
     *
     * @param pairs how many were measured
     * @param p the probability that noise looks like this
     * @param ratio the time of A, divided by that of B
     */
    static Verdict verdict(int pairs, double p, Interval ratio) {
        // region Task 19.5: real or noise
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 19.5
        throw new UnsupportedOperationException("Task 19.5: real or noise is not written yet: ./tito hint 19.5");
        // endregion
    }

    /**
     * The fewest pairs that can show a difference. If A and B are the same, n pairs all fall to one side, either one, with a probability of {@code 2 / 2ⁿ}; that must not be more than
     * {@code 1 − confidence}. For 95 % it takes 6 pairs, since 5 do so by chance in one test of 16.
     *
     * @throws IllegalArgumentException if the confidence is not above 0 and below 1
     */
    public static int pairsNeeded(double confidence) {
        Interval.checkConfidence("a/b test", confidence);
        int pairs = 1;
        for (double chance = 1; chance > 1 - confidence; chance /= 2) {
            pairs++;
        }
        return pairs;
    }
}
