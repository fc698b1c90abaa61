package org.tinytorch.milestones.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {
    private final Tally tally = new Tally();

    @Test
    void countsEachEnd() {
        tally.answered(200, 1000);
        tally.answered(200, 1000);
        tally.answered(429, 1000);
        tally.answered(500, 1000);
        tally.failed("timed out", 1000);

        assertThat(tally.outcomes()).isEqualTo(Map.of("200", 2L, "429", 1L, "500", 1L, "timed out", 1L));
        assertThat(tally.answered()).isEqualTo(2);
        assertThat(tally.refused()).isEqualTo(1);
        assertThat(tally.errors()).isEqualTo(2);
    }

    @Test
    void aRefusalDoesNotFlatterTheLatenciesAndAFailureDoesNotImproveThem() {
        tally.answered(200, 5_000_000);
        tally.answered(429, 1);
        tally.failed("timed out", 9_000_000_000L);

        assertThat(tally.total().getTotalCount()).isEqualTo(2);
        assertThat(tally.total().getMinValue()).isBetween(4_990_000L, 5_010_000L);
        assertThat(tally.total().getMaxValue()).isBetween(8_990_000_000L, 9_010_000_000L);
    }

    @Test
    void anIntervalHasWhatWasNewAndTheTotalAll() {
        tally.answered(200, 1000);
        assertThat(tally.interval().getTotalCount()).isEqualTo(1);
        tally.answered(200, 1000);
        tally.answered(200, 1000);
        assertThat(tally.interval().getTotalCount()).isEqualTo(2);
        tally.answered(200, 1000);
        assertThat(tally.total().getTotalCount()).isEqualTo(4);
        assertThat(tally.total().getTotalCount()).isEqualTo(4);
    }

    @Test
    void timesOutOfRangeAreTakenAsItsEnds() {
        tally.answered(200, -1);
        tally.answered(200, Long.MAX_VALUE);

        assertThat(tally.total().getMinValue()).isZero();
        assertThat(tally.total().getMaxValue()).isGreaterThan(3_500_000_000_000L);
    }
}
