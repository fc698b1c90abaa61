package org.tinytorch.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class MasksTest {
    private static void assertMask(Tensor mask, Tensor expected) {
        assertThat(mask.shape()).isEqualTo(expected.shape());
        assertThat(mask.data()).containsExactly(expected.data());
    }

    @Test
    void causalAllowsUpToTheDiagonal() {
        assertMask(Masks.causal(3, 3), Tensors.of(new double[][] {{1, 0, 0}, {1, 1, 0}, {1, 1, 1}}));
    }

    @Test
    void theLastQueryStandsAtTheLastKey() {
        assertMask(Masks.causal(2, 4), Tensors.of(new double[][] {{1, 1, 1, 0}, {1, 1, 1, 1}}));
        assertMask(Masks.causal(1, 3), Tensors.of(new double[][] {{1, 1, 1}}));
        assertMask(Masks.causal(0, 3), Tensors.zeros(0, 3));
    }

    @ParameterizedTest
    @CsvSource({"4, 3", "-1, 3"})
    void causalNeedsAKeyForEachQuery(int queries, int keys) {
        assertThatThrownBy(() -> Masks.causal(queries, keys))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("causal mask: " + queries + " queries with " + keys
                        + " keys are not possible; there must be a key for each query");
    }

    @Test
    void paddingAllowsEachSequenceItsLength() {
        Tensor mask = Masks.padding(3, 2, 3, 0);

        assertThat(mask.shape()).isEqualTo(Shape.of(3, 1, 1, 3));
        assertMask(mask.reshape(3, 3), Tensors.of(new double[][] {{1, 1, 0}, {1, 1, 1}, {0, 0, 0}}));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4})
    void aLengthBeyondThePaddingIsRefused(int length) {
        assertThatThrownBy(() -> Masks.padding(3, 1, length))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("padding mask: sequence 1 has the length " + length + ", which is not in 0 … 3");
    }

    @Test
    void masksHoldTogetherWhenMultiplied() {
        Tensor both = Masks.causal(3, 3).mul(Masks.padding(3, 2));

        assertMask(both, Tensors.of(new double[] {1, 0, 0, 1, 1, 0, 1, 1, 0}, 1, 1, 3, 3));
    }
}
