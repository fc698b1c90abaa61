package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Tensors;

class CostTest {
    @Test
    void aMultiplyAddIsTwoOperations() {
        assertThat(new Cost(10, 3, 0, 0).flops()).isEqualTo(2 * 10 + 3);
    }

    @Test
    void intensityIsOperationsForEachByte() {
        assertThat(new Cost(10, 4, 40, 8).intensity()).isCloseTo(24.0 / 48, within(1e-15));
        assertThat(Cost.NONE.intensity()).as("of nothing").isZero();
    }

    @Test
    void everyNumberIsReadOrWrittenOnce() {
        Cost cost = Cost.of(1, 2, Tensors.zeros(2, 3), Tensors.zeros(4), Tensors.zeros(5, 1));

        assertThat(cost).isEqualTo(new Cost(1, 2, Double.BYTES * (4 + 5), Double.BYTES * 2 * 3));
    }

    @Test
    void costsAddUp() {
        assertThat(new Cost(1, 2, 3, 4).plus(new Cost(10, 20, 30, 40))).isEqualTo(new Cost(11, 22, 33, 44));
    }

    @Test
    void nothingIsNegative() {
        assertThatThrownBy(() -> new Cost(-1, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1 multiply-adds");
    }
}
