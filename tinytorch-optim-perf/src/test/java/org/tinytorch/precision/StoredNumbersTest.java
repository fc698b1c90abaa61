package org.tinytorch.precision;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;
import org.tinytorch.training.DataType;
import org.tinytorch.training.RawTensor;

class StoredNumbersTest {
    @Test
    void theSmallestTypeThatHoldsAllIsTaken() {
        double third = 1.0 / 3;
        double half = Float16.round(third);

        assertThat(StoredNumbers.of(0.5, -0x1p100).type()).isEqualTo(DataType.BF16);
        assertThat(StoredNumbers.of(0.5, half).type()).isEqualTo(DataType.F16);
        assertThat(StoredNumbers.of(0.5, (float) third).type()).isEqualTo(DataType.F32);
        assertThat(StoredNumbers.of(half, Bfloat16.round(3e30)).type())
                .as("one of each type")
                .isEqualTo(DataType.F32);
    }

    @Test
    void theExampleOfTheDocumentation() {
        assertThat(StoredNumbers.bytes(0.5, 0.25)).isEqualTo(4);
        assertThat(StoredNumbers.bytes(0.1, 0.2)).isEqualTo(8);
    }

    @Property
    void numbersInSinglePrecisionComeBack(@ForAll @FloatRange(min = -1e20f, max = 1e20f) float number) {
        RawTensor stored = StoredNumbers.of(number, 0.5);

        assertThat(stored.tensor().data()).containsExactly(number, 0.5);
        assertThat(stored.bytes().length).isEqualTo((int) StoredNumbers.bytes(number, 0.5));
    }
}
