package org.tinytorch.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void everyPartRunsOnce(int threads) {
        AtomicIntegerArray runs = new AtomicIntegerArray(20);

        new Workers(threads).run(20, runs::incrementAndGet);

        for (int part = 0; part < 20; part++) {
            assertThat(runs.get(part)).as("runs of part %d", part).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void whatAPartThrowsReachesTheCaller(int broken) {
        assertThatThrownBy(() -> new Workers(2).run(3, part -> {
                    if (part == broken) {
                        throw new IllegalStateException("part " + part);
                    }
                }))
                .hasStackTraceContaining("part " + broken)
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void thePropertySaysHowMany() {
        assertThat(Workers.configured(null, 6)).isEqualTo(6);
        assertThat(Workers.configured(" 3 ", 6)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-2", "two", ""})
    void anImpossibleNumberIsRefused(String property) {
        assertThatThrownBy(() -> Workers.configured(property, 6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-Dtinytorch.threads=" + property)
                .hasMessageContaining("at least 1");
    }
}
