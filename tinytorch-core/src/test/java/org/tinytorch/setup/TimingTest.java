package org.tinytorch.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class TimingTest {
    @Test
    void theMedianOfAnOddNumberIsInTheMiddle() {
        assertThat(Timing.of(30, 1_000_000, 10).median()).isEqualTo(30);
    }

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertThat(Timing.of(4, 1, 3, 100).median()).isEqualTo(3.5);
    }

    @Property
    void asManyRunsAreBelowTheMedianAsAbove(@ForAll @NotEmpty long @LongRange(min = 0, max = 1_000_000) [] nanos) {
        Timing timing = Timing.of(nanos);
        long below = java.util.Arrays.stream(nanos)
                .filter(time -> time < timing.median())
                .count();
        long above = java.util.Arrays.stream(nanos)
                .filter(time -> time > timing.median())
                .count();
        assertThat(below).isLessThanOrEqualTo(nanos.length / 2);
        assertThat(above).isLessThanOrEqualTo(nanos.length / 2);
        assertThat(timing.median()).isBetween(timing.fastest(), timing.slowest());
    }

    @Test
    void printsInAUnitThatFits() {
        assertThat(Timing.of(7)).hasToString("7 ns (1 run, 7 ns to 7 ns)");
        assertThat(Timing.of(1_500, 2_000, 999_990)).hasToString("2.00 µs (3 runs, 1.50 µs to 999.99 µs)");
        assertThat(Timing.of(1_250_000, 61_500_000_000L, 1_000_000))
                .hasToString("1.25 ms (3 runs, 1.00 ms to 61.50 s)");
    }

    @Test
    void countsSeconds() {
        assertThat(Timing.of(2_500_000_000L).seconds()).isEqualTo(2.5);
    }

    @Test
    void noRunsAreRefused() {
        assertThatThrownBy(Timing::of)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there are no runs");
    }
}
