package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;

class BigramTableTest {
    @Test
    void whatAlwaysFollowsCostsLittle() {
        int[] alternating = IntStream.range(0, 1000).map(i -> i % 2).toArray();

        assertThat(new BigramTable(2, alternating).loss(alternating)).isBetween(0.0, 0.01);
    }

    @Test
    void theProbabilitiesOfAllThatMayFollowSumToOne() {
        int[] text = {0, 1, 1, 2, 0, 1, 3};
        BigramTable table = new BigramTable(5, text);
        for (int first = 0; first < 5; first++) {
            int before = first;
            double sum = IntStream.range(0, 5)
                    .mapToDouble(next -> Math.exp(-table.loss(before, next)))
                    .sum();
            assertThat(sum).as("after token %d", first).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void ofNoiseItKnowsNoMoreThanHowManyTokensThereAre() {
        Generator generator = new Generator(1);
        int[] noise = IntStream.range(0, 20_000).map(i -> generator.nextInt(4)).toArray();
        int[] more = IntStream.range(0, 20_000).map(i -> generator.nextInt(4)).toArray();

        assertThat(new BigramTable(4, noise).loss(more)).isCloseTo(Math.log(4), within(0.01));
    }
}
