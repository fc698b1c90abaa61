package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.tinytorch.benchmarking.AbTest.Verdict;
import org.tinytorch.tensor.Generator;

class AbTestTest {
    private final HandClock clock = new HandClock();
    private final AbTest test = new AbTest(clock).warmUp(WarmUp.runs(0));

    @Test
    void pairsAreRunInTurnAndInBothOrders() {
        StringBuilder order = new StringBuilder();
        test.pairs(3)
                .compare(
                        "a",
                        () -> {
                            order.append('a');
                            clock.advance(1);
                        },
                        "b",
                        () -> {
                            order.append('b');
                            clock.advance(1);
                        });

        assertThat(order).hasToString("abbaab");
    }

    @Test
    void bothSidesAreWarmedUp() {
        AbResult result = test.warmUp(WarmUp.runs(1))
                .pairs(2)
                .compare("a", clock.work(9000, 10, 12), "b", clock.work(7000, 5, 6));

        assertThat(result.nanosA()).containsExactly(10.0, 12.0);
        assertThat(result.nanosB()).containsExactly(5.0, 6.0);
        assertThat(result.ratio()).isCloseTo(11 / 5.5, within(1e-12));
    }

    @Test
    void theWarmUpRunsBothInTurn() {
        StringBuilder order = new StringBuilder();
        test.warmUp(WarmUp.runs(2)).pairs(1).compare("a", () -> note(order, 'a'), "b", () -> note(order, 'b'));

        assertThat(order).hasToString("abab" + "ab");
    }

    private void note(StringBuilder order, char which) {
        order.append(which);
        clock.advance(1);
    }

    @Test
    void timesThatHadNotSettledAreSaidNotToHave() {
        long[] growing = LongStream.iterate(1, time -> 2 * time).limit(30).toArray();
        AbResult result = test.warmUp(WarmUp.untilSettled(0.05, Duration.ZERO, 12))
                .pairs(10)
                .compare("calm", clock.work(100), "wild", clock.work(growing));

        assertThat(result.warmUp()).isEqualTo(new WarmUp.Outcome(12, false));
        assertThat(result.toString())
                .contains(", 10 pairs; the times had not settled after 12 warm-up runs of each): ");
    }

    @Test
    void aClearDifferenceIsShown() {
        AbResult faster = test.pairs(10).compare("old", clock.work(200), "new", clock.work(100));
        AbResult slower = test.pairs(10).compare("old", clock.work(100), "new", clock.work(200));

        assertThat(faster.verdict()).isEqualTo(Verdict.FASTER);
        assertThat(faster.p()).isCloseTo(2 * Math.pow(0.5, 10), within(1e-12));
        assertThat(faster)
                .hasToString("new is 2.00 times as fast as old (95 % from 2.00 to 2.00, p = 0.0020, 10 pairs): faster");
        assertThat(slower.verdict()).isEqualTo(Verdict.SLOWER);
    }

    @Test
    void tooFewPairsShowNothingHoweverLargeTheDifference() {
        int needed = AbTest.pairsNeeded(0.95);
        AbResult few = test.pairs(needed - 1).compare("old", clock.work(9000), "new", clock.work(1));
        AbResult enough = test.pairs(needed).compare("old", clock.work(9000), "new", clock.work(1));

        assertThat(few.verdict()).isEqualTo(Verdict.TOO_FEW_PAIRS);
        assertThat(few.toString()).endsWith(": too few pairs; it takes " + needed + " or more");
        assertThat(enough.verdict()).isEqualTo(Verdict.FASTER);
    }

    @Test
    void theFewestPairsFollowFromTheConfidence() {
        for (double confidence : new double[] {0.5, 0.9, 0.95, 0.99, 0.999}) {
            int needed = AbTest.pairsNeeded(confidence);

            assertThat(2 * Math.pow(0.5, needed))
                    .as("all %s on one side, by chance", needed)
                    .isLessThanOrEqualTo(1 - confidence);
            assertThat(2 * Math.pow(0.5, needed - 1)).as("one pair less").isGreaterThan(1 - confidence);
        }
    }

    @Test
    void theSameWorkTwiceIsSeldomCalledDifferent() {
        Generator generator = new Generator(11);
        int shown = 0;
        for (int experiment = 0; experiment < 40; experiment++) {
            AbResult result = AbResult.of("a", noisy(generator, 100), "b", noisy(generator, 100), 0.95);
            shown += result.verdict() == Verdict.NO_DIFFERENCE_SHOWN ? 0 : 1;
        }

        assertThat(shown).as("false alarms among 40 tests of nothing").isLessThanOrEqualTo(5);
    }

    @Test
    void aRealDifferenceIsFoundInNoise() {
        Generator generator = new Generator(12);

        assertThat(AbResult.of("a", noisy(generator, 130), "b", noisy(generator, 100), 0.95)
                        .verdict())
                .isEqualTo(Verdict.FASTER);
    }

    /** Times with a long tail to the right. */
    private static List<Double> noisy(Generator generator, double median) {
        return IntStream.range(0, 30)
                .mapToObj(i -> median * Math.exp(0.1 * generator.nextGaussian()))
                .toList();
    }

    @Test
    void bothWaysOfAskingMustAgree() {
        Interval above = new Interval(1.1, 1.3, 0.95);

        assertThat(AbTest.verdict(20, 0.01, above)).isEqualTo(Verdict.FASTER);
        assertThat(AbTest.verdict(20, 0.2, above)).as("may be noise").isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
        assertThat(AbTest.verdict(20, 0.01, new Interval(0.99, 1.3, 0.95)))
                .as("an interval with 1 in it")
                .isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
        assertThat(AbTest.verdict(20, 0.01, new Interval(0.7, 0.9, 0.95))).isEqualTo(Verdict.SLOWER);
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> test.pairs(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a/b test: 0 pairs are not possible; use 1 to 500, better 20 or more");
        List<Double> tooMany = Collections.nCopies(AbResult.MOST_PAIRS + 1, 1.0);
        assertThatThrownBy(() -> test.pairs(tooMany.size()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a/b test: 501 pairs are not possible; use 1 to 500");
        assertThatThrownBy(() -> AbResult.of("a", tooMany, "b", tooMany, 0.95))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a/b test: 501 pairs are too many; use 500 at most");
        assertThatThrownBy(() -> test.confidence(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a confidence of 1.0 is not possible");
        assertThatThrownBy(() -> AbResult.of("a", List.of(1.0, 2.0), "b", List.of(1.0), 0.95))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 runs of 'a' and 1 of 'b' are no pairs");
        assertThatThrownBy(() -> test.pairs(1).compare("nothing", () -> {}, "b", clock.work(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a run of 'nothing' took 0.0 ns");
        assertThatThrownBy(() -> AbResult.of("a", new ArrayList<>(), "b", new ArrayList<>(), 0.95))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there are no values");
    }
}
