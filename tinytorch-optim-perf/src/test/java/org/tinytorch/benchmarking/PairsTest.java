package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PairsTest {
    @Test
    void theOrderChangesFromPairToPair() {
        StringBuilder order = new StringBuilder();
        Pairs.inTurn(
                3, () -> order.append('a').length(), () -> order.append('b').length());

        assertThat(order).hasToString("abbaab");
    }

    @Test
    void aSteadyDriftMeetsBothAlike() {
        int[] run = {0};
        Pairs pairs = Pairs.inTurn(2, () -> 10 + run[0]++, () -> 10 + run[0]++);

        assertThat(pairs.a()).containsExactly(10.0, 13.0);
        assertThat(pairs.b()).containsExactly(11.0, 12.0);
    }
}
