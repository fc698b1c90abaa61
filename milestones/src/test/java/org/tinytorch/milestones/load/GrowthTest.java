package org.tinytorch.milestones.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class GrowthTest {
    /** A server whose garbage is collected every ten seconds: the heap is a saw. */
    private static List<ServerSample> saw(int seconds, IntUnaryOperator inUse) {
        List<ServerSample> samples = new ArrayList<>();
        for (int t = 0; t < seconds; t++) {
            samples.add(new ServerSample(inUse.applyAsInt(t) + 1000L * (t % 10), 20, t / 10));
        }
        return samples;
    }

    @Test
    void aSawThatStaysOnTheGroundDoesNotGrow() {
        Growth growth = Growth.of(saw(95, t -> 500)).orElseThrow();

        assertThat(growth.heapBefore()).isEqualTo(500);
        assertThat(growth.heap()).isZero();
        assertThat(growth.collected()).isTrue();
    }

    @Test
    void whatIsForgottenSecondBySecondIsSeen() {
        Growth growth = Growth.of(saw(90, t -> 500 + t)).orElseThrow();

        assertThat(growth.heapBefore()).isEqualTo(500);
        assertThat(growth.heapAfter()).isEqualTo(560);
        assertThat(growth.heap()).isEqualTo(60);
    }

    @Test
    void withoutCollectionsNothingIsSaidOfTheHeap() {
        assertThat(Growth.of(saw(12, t -> 500)).orElseThrow().collected()).isFalse();
        assertThat(Growth.of(saw(24, t -> 500)).orElseThrow().collected())
                .as("in the last third only")
                .isFalse();
    }

    @Test
    void threadsAreTheMostOfEachThird() {
        List<ServerSample> samples = new ArrayList<>();
        for (int threads : new int[] {8, 20, 18, 99, 99, 99, 21, 23, 9}) {
            samples.add(new ServerSample(1, threads, 0));
        }
        Growth growth = Growth.of(samples).orElseThrow();

        assertThat(growth.threadsBefore()).isEqualTo(20);
        assertThat(growth.threadsAfter()).isEqualTo(23);
        assertThat(growth.threads()).isEqualTo(3);
    }

    @Test
    void twoMomentsSayNothing() {
        assertThat(Growth.of(saw(2, t -> 1))).isEmpty();
        assertThat(Growth.of(saw(3, t -> 1))).isPresent();
    }
}
