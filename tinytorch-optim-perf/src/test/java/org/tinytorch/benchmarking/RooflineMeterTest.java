package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.tinytorch.acceleration.Workers;
import org.tinytorch.tensor.Backend;

class RooflineMeterTest {
    private static final int NANOS = 1000;

    /** Each run seems to take 1000 ns, the second one half of that. */
    private static Benchmark benchmark() {
        int[] reading = {0};
        long[] now = {0};
        return new Benchmark(() -> now[0] += ++reading[0] % 4 == 0 ? NANOS / 2 : NANOS)
                .warmUp(WarmUp.runs(0))
                .repeat(4);
    }

    @Test
    void peakAndBandwidthFollowFromTheFastestRun() {
        int matrix = 10;
        int elements = 600;
        Roofline roof = new RooflineMeter(benchmark(), Workers.NONE, matrix, elements).measure();
        double seconds = NANOS / 2 * 1e-9;

        assertThat(roof.peakFlops()).isCloseTo(2.0 * matrix * matrix * matrix / seconds, within(1.0));
        assertThat(roof.bandwidth()).isCloseTo(3.0 * Double.BYTES * elements / seconds, within(1.0));
        assertThat(roof.source())
                .contains("products of 10 x 10 in the backend '"
                        + Backend.current().name() + "'")
                .contains("triad over 3 x " + Units.bytes((long) Double.BYTES * elements) + " on 1 thread");
    }

    @Test
    void allThreadsShareTheTriad() {
        Roofline roof = new RooflineMeter(benchmark(), Workers.shared(), 2, 1000).measure();

        assertThat(roof.source()).contains("on " + Workers.shared().threads() + " thread");
        assertThat(roof.bandwidth()).isPositive();
    }

    @Test
    void sizesArePositive() {
        assertThatThrownBy(() -> new RooflineMeter(benchmark(), Workers.NONE, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("matrices of 0 rows");
    }
}
