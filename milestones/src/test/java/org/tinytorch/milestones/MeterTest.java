package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.tinytorch.benchmarking.Measurement;

class MeterTest {
    @Test
    void warmsUpAndThenMeasuresSoManyRuns() {
        AtomicLong runs = new AtomicLong();

        Measurement measured = Meter.real(6).time("count", runs::incrementAndGet);

        assertThat(measured.name()).isEqualTo("count");
        assertThat(measured.runs()).isEqualTo(6);
        assertThat(measured.warmUp().runs())
                .as("all other runs warmed up, those before the times were looked at included")
                .isEqualTo(runs.get() - 6);
    }
}
