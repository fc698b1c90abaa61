package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytorch.benchmarking.Interval;
import org.tinytorch.benchmarking.Measurement;
import org.tinytorch.benchmarking.WarmUp;

class StepVerdictTest {
    private static Measured measured(double quality, long bytes, Double... nanos) {
        Measurement time = new Measurement("step", List.of(nanos), new WarmUp.Outcome(1, true));
        return new Measured(time, 1, 0, 0, bytes, quality);
    }

    private static final Measured LOOPS = measured(0.9, 800, 100.0, 101.0, 102.0);

    private static String words(Quality quality, Measured now) {
        return StepVerdict.of(quality, LOOPS, LOOPS, now).words();
    }

    @Test
    void fasterPays() {
        assertThat(words(Quality.ACCURACY, measured(0.9, 800, 50.0, 51.0, 52.0)))
                .isEqualTo("pays");
    }

    @Test
    void intervalsThatOverlapShowNothing() {
        assertThat(words(Quality.ACCURACY, measured(0.9, 800, 90.0, 95.0, 100.5)))
                .isEqualTo("does not pay: no faster");
    }

    @Test
    void slowerButSmallerIsSaid() {
        assertThat(words(Quality.ACCURACY, measured(0.9, 100, 150.0, 151.0, 152.0)))
                .isEqualTo("does not pay: slower, though smaller");
    }

    @Test
    void ofAccuracyTwoHundredthsMayBeLostAndNoMore() {
        assertThat(words(Quality.ACCURACY, measured(0.885, 800, 50.0))).isEqualTo("pays");
        assertThat(words(Quality.ACCURACY, measured(0.875, 800, 50.0))).contains("loses too much accuracy");
    }

    @Test
    void aLossMayGrowALittleAndFallAsItLikes() {
        assertThat(words(Quality.LOSS, measured(0.94, 800, 50.0))).isEqualTo("pays");
        assertThat(words(Quality.LOSS, measured(0.5, 800, 50.0))).isEqualTo("pays");
        assertThat(words(Quality.LOSS, measured(0.96, 800, 50.0))).contains("loses too much");
        assertThat(words(Quality.LOSS, measured(Double.NaN, 800, 50.0))).contains("loses too much");
    }

    @Test
    void theFactorLiesBetweenTheEndsOfTheIntervals() {
        Measured slow = measured(0.9, 800, 40.0);
        Measured fast = measured(0.9, 800, 8.0, 10.0, 12.0);
        Interval time = fast.time().interval();

        Interval factor = fast.timesAsFastInterval(slow);

        assertThat(fast.timesAsFastAs(slow)).isEqualTo(4);
        assertThat(factor.low()).isEqualTo(40 / time.high());
        assertThat(factor.high()).isEqualTo(40 / time.low());
    }
}
