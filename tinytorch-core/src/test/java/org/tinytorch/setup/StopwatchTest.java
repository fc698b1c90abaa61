package org.tinytorch.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The clock is turned by the code under measurement, so that nothing depends on how fast the machine is. */
class StopwatchTest {
    private final AtomicLong clock = new AtomicLong(1_000);
    private final AtomicInteger runs = new AtomicInteger();
    private final Stopwatch stopwatch = new Stopwatch(clock::get);

    /** Each run takes ten times its number in nanoseconds. */
    private void slowerEachTime() {
        clock.addAndGet(10L * runs.incrementAndGet());
    }

    @Test
    void warmUpRunsAreNotMeasured() {
        Timing timing = stopwatch.warmUp(3).repeat(5).measure(this::slowerEachTime);
        assertThat(runs).hasValue(8);
        assertThat(timing).isEqualTo(new Timing(5, 40, 60, 80));
    }

    @Test
    void warmsUpAndRepeatsUnlessToldOtherwise() {
        assertThat(stopwatch.measure(this::slowerEachTime)).isEqualTo(new Timing(9, 60, 100, 140));
    }

    @Test
    void oneRunIsItsOwnMedian() {
        assertThat(stopwatch.warmUp(0).repeat(1).measure(this::slowerEachTime)).isEqualTo(new Timing(1, 10, 10, 10));
    }

    @Test
    void settingsLeaveTheStopwatchAsItWas() {
        stopwatch.warmUp(0).repeat(1);
        assertThat(stopwatch.measure(this::slowerEachTime).runs()).isEqualTo(9);
    }

    @Test
    void measuresWithTheClockOfTheMachineToo() {
        Timing timing = new Stopwatch().warmUp(1).repeat(3).measure(this::slowerEachTime);
        assertThat(runs).hasValue(4);
        assertThat(timing.fastest()).isBetween(0.0, timing.median());
    }

    @Test
    void anExceptionOfTheCodeIsPassedOn() {
        assertThatThrownBy(() -> stopwatch.measure(() -> {
                    throw new IllegalStateException("from the code");
                }))
                .hasMessage("from the code");
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> stopwatch.warmUp(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stopwatch: -1 warm-up runs are not possible; use 0 or more");
        assertThatThrownBy(() -> stopwatch.repeat(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stopwatch: 0 measured runs give no median; use 1 or more");
    }
}
