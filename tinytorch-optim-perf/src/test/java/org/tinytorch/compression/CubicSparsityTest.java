package org.tinytorch.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CubicSparsityTest {
    private final CubicSparsity sparsity = new CubicSparsity(0.1, 0.9, 100, 200);

    @ParameterizedTest
    @CsvSource({"1, 1", "100, 1", "150, 0.125", "190, 0.001", "200, 0", "999, 0"})
    void whatIsLeftToDoShrinksWithTheCubeOfTheTimeLeft(long step, double cube) {
        assertThat(sparsity.at(step)).isCloseTo(0.9 - 0.8 * cube, within(1e-12));
    }

    @Test
    void aConstantSparsityIsPossible() {
        assertThat(new CubicSparsity(0.5, 0.5, 1, 2).at(1)).isEqualTo(0.5);
    }

    @Test
    void itNeverFalls() {
        for (long step = 90; step < 210; step++) {
            assertThat(sparsity.at(step + 1)).as("after step " + step).isGreaterThanOrEqualTo(sparsity.at(step));
        }
    }

    @Test
    void aFallingSparsityIsRefused() {
        assertThatThrownBy(() -> new CubicSparsity(0.5, 0.4, 1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prune: a sparsity cannot fall from 0.5 to 0.4; what is pruned stays pruned");
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "5, 5", "5, 4"})
    void stepsOutOfOrderAreRefused(long begin, long end) {
        assertThatThrownBy(() -> new CubicSparsity(0, 0.5, begin, end))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prune: from step " + begin + " to step " + end
                        + " is not possible; steps count from 1, and the last comes after the first");
    }

    @ParameterizedTest
    @CsvSource({"-0.1, 0.5", "0, 1", "NaN, 0.5"})
    void aSparsityOutOfRangeIsRefused(double initial, double last) {
        assertThatThrownBy(() -> new CubicSparsity(initial, last, 1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use 0 (nothing goes) to below 1");
    }
}
