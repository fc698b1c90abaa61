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
    }
}
