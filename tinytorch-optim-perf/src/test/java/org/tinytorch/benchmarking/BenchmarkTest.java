package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarkTest {
    private final HandClock clock = new HandClock();

    @Test
    void theWarmUpIsNotMeasured() {
        Measurement measured = new Benchmark(clock)
                .warmUp(WarmUp.runs(2))
                .repeat(3)
                .measure("work", clock.work(9_000_000, 8_000_000, 30, 10, 20));

        assertThat(measured.nanos()).containsExactly(30.0, 10.0, 20.0);
        assertThat(measured.warmUp().runs()).isEqualTo(2);
        assertThat(measured.median()).isEqualTo(20);
        assertThat(measured.quantile(1)).isEqualTo(30);
        assertThat(measured.deviation()).isCloseTo(10, within(1e-12));
        assertThat(measured.perSecond(4)).as("4 items in 20 ns").isCloseTo(4 / 20e-9, within(1e-3));
    }

    @Test
    void aBudgetIsFilled() {
        Benchmark benchmark = new Benchmark(clock).warmUp(WarmUp.runs(0)).budget(Duration.ofNanos(1000), 2);

        assertThat(benchmark.measure("short", clock.work(100)).runs()).isEqualTo(10);
        assertThat(benchmark.measure("long", clock.work(5000)).runs())
                .as("the least number")
                .isEqualTo(2);
        assertThat(benchmark
                        .budget(Duration.ofNanos(Benchmark.MOST_RUNS + 7), 2)
                        .measure("shortest", clock.work(1))
                        .runs())
                .as("the most")
                .isEqualTo(Benchmark.MOST_RUNS);
    }

    @Test
    void aMeasurementTellsItsIntervalAndWhetherItSettled() {
        Measurement calm = new Benchmark(clock).warmUp(WarmUp.runs(1)).repeat(5).measure("step", clock.work(1_250_000));
        Measurement wild = new Measurement("wild", List.of(1000.0), new WarmUp.Outcome(30, false));

        assertThat(calm).hasToString("step: 1.25 ms (95 % from 1.25 ms to 1.25 ms, 5 runs)");
        assertThat(wild).hasToString("wild: 1 µs (95 % from 1 µs to 1 µs, 1 run; not settled after 30 warm-up runs)");
    }

    @Test
    void anExceptionOfTheCodeIsPassedOn() {
        assertThatThrownBy(() -> new Benchmark(clock).measure("broken", () -> {
                    throw new IllegalStateException("no data");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no data");
    }

    @Test
    void impossibleSettingsAreNamed() {
        assertThatThrownBy(() -> new Benchmark().repeat(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("benchmark: 0 measured runs give no median; use 1 or more");
        assertThatThrownBy(() -> new Benchmark().repeat(Benchmark.MOST_RUNS + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("benchmark: 5001 measured runs are too many; use 5000 at most");
        assertThatThrownBy(() -> new Benchmark().budget(Duration.ofSeconds(-1), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is negative");
        assertThatThrownBy(() -> new Measurement("none", List.of(), new WarmUp.Outcome(0, true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'none' has no runs");
        assertThatThrownBy(() -> new Measurement("back", List.of(-1.0), new WarmUp.Outcome(0, true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("took -1.0 ns");
    }
}
