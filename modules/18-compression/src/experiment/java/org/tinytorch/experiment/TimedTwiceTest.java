package org.tinytorch.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tinytorch.experiment.TimedTwice.Network;
import org.tinytorch.tensor.Tensor;

/** Holds the closing experiment of module 18 to its claims: to what is counted, and to no time. */
final class TimedTwiceTest {
    private final List<Network> networks = TimedTwice.networks();
    private final Network full = networks.get(0);

    @Test
    @DisplayName("what each network takes")
    void counted() {
        assertThat(networks).extracting(Network::bytes).as("bytes").containsExactly(76_880L, 76_880L, 13_028L, 38_480L, 9_680L);
        assertThat(networks).extracting(Network::multiplyAdds).as("multiply-adds").containsExactly(9_472L, 9_472L, 947L, 4_736L, 1_184L);
    }

    @Test
    @DisplayName("what each network can still do")
    void accurate() {
        assertThat(full.accuracy()).as("full").isGreaterThan(0.95);
        assertThat(networks).allSatisfy(network -> assertThat(network.accuracy()).as(network.name()).isGreaterThan(full.accuracy() - 0.05));
        Tensor pruned = networks.get(1).read();
        Tensor sparse = networks.get(2).read();
        assertThat(sparse.allClose(pruned, 1e-9, 1e-9)).as("skipping zeros changes no answer").isTrue();
    }

    @Test
    @DisplayName("two single measurements of the same networks differ")
    void measured() {
        Map<String, Long> first = TimedTwice.turn(networks);
        Map<String, Long> second = TimedTwice.turn(TimedTwice.backwards(networks));
        assertThat(first).hasSize(networks.size());
        assertThat(second).containsOnlyKeys(first.keySet());
        assertThat(second).as("the times of the second turn").isNotEqualTo(first);
    }
}
