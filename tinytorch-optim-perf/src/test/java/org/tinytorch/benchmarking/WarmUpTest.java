package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private static final int WINDOW = WarmUp.WINDOW;

    /** A run takes 1000 ns at first and 100 ns after so many runs. */
    private static DoubleSupplier fastAfter(int slowRuns) {
        int[] run = {0};
        return () -> run[0]++ < slowRuns ? 1000 : 100;
    }

    @Test
    void aNumberOfRunsIsKept() {
        assertThat(WarmUp.runs(3).run(fastAfter(100))).isEqualTo(new WarmUp.Outcome(3, true));
        assertThat(WarmUp.runs(0).run(fastAfter(100))).isEqualTo(new WarmUp.Outcome(0, true));
    }

    @Test
    void itEndsWhenTheTimesHaveSettled() {
        int slow = 8; // of the first ten the medians are 1000 and 1000: too early, but for the least time
        WarmUp warmUp = WarmUp.untilSettled(0.05, Duration.ofNanos(8 * 1000 + 3 * 100), 1000);

        // both windows must have a fast median: in the earlier one, three of five runs
        assertThat(warmUp.run(fastAfter(slow))).isEqualTo(new WarmUp.Outcome(slow + 3 + WINDOW, true));
    }

    @Test
    void aLeastTimeKeepsItFromEndingTooEarly() {
        WarmUp warmUp = WarmUp.untilSettled(0.05, Duration.ofNanos(5000), 1000);

        assertThat(warmUp.run(() -> 100)).isEqualTo(new WarmUp.Outcome(50, true));
    }

    @Test
    void timesThatDoNotSettleAreSaidNotToHave() {
        double[] time = {1};
        WarmUp warmUp = WarmUp.untilSettled(0.05, Duration.ZERO, 30);

        assertThat(warmUp.run(() -> time[0] *= 2)).isEqualTo(new WarmUp.Outcome(30, false));
    }

    @Test
    void aMostTimeEndsItWhetherOrNotTheTimesHaveSettled() {
        WarmUp warmUp = WarmUp.untilSettled(0.05, Duration.ZERO, 1000).within(Duration.ofNanos(2500));

        assertThat(warmUp.run(() -> 1000))
                .as("the third begins at 2000; ten would be needed to see whether they settle")
                .isEqualTo(new WarmUp.Outcome(3, false));
        assertThat(warmUp.run(() -> 1)).as("settled before").isEqualTo(new WarmUp.Outcome(2 * WINDOW, true));
    }

    @Test
    void theUsualOneTakesTwentySecondsAtMost() {
        double[] time = {1};
        WarmUp.Outcome slow = WarmUp.untilSettled().run(() -> 7e9);
        WarmUp.Outcome wild = WarmUp.untilSettled().run(() -> time[0] *= 2);

        assertThat(slow).as("7, 14, 21 seconds").isEqualTo(new WarmUp.Outcome(3, false));
        assertThat(wild.runs()).as("1 + 2 + 4 + … nanoseconds").isEqualTo((int)
                Math.ceil(Math.log(20e9 / 2 + 1) / Math.log(2)));
    }

    @Test
    void ofTwoWorksEachMustHaveSettled() {
        int slow = 6;
        WarmUp warmUp = WarmUp.untilSettled(0.05, Duration.ZERO, 1000);
        WarmUp.Outcome both = new WarmUp.Outcome(slow + 3 + WINDOW, true);

        assertThat(warmUp.run(fastAfter(slow))).as("alone").isEqualTo(both);
        assertThat(warmUp.run(() -> 100_000, fastAfter(slow)))
                .as("a long work that is steady does not hide a short one that is not")
                .isEqualTo(both);
        assertThat(warmUp.run(fastAfter(slow), () -> 100_000)).isEqualTo(both);
    }

    @Test
    void impossibleNumbersAreNamed() {
        assertThatThrownBy(() -> WarmUp.runs(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least -1 and at most -1 runs");
        assertThatThrownBy(() -> WarmUp.untilSettled(0.1, Duration.ZERO, 2 * WINDOW - 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most " + (2 * WINDOW - 1));
        assertThatThrownBy(() -> WarmUp.untilSettled(0, Duration.ZERO, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a tolerance of 0.0");
        assertThatThrownBy(() ->
                        WarmUp.untilSettled(0.1, Duration.ofSeconds(2), 100).within(Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use no less at most than at least");
    }
}
