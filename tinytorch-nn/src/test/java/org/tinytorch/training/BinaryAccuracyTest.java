package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Tensors;

class BinaryAccuracyTest {
    @Test
    void aPositiveLogitSaysYes() {
        BinaryAccuracy accuracy = new BinaryAccuracy();
        accuracy.update(Tensors.of(2, -1, 0, 3), Tensors.of(1, 0, 1, 0));
        accuracy.update(Tensors.of(1), Tensors.of(1));

        assertThat(accuracy.value())
                .as("right, right, wrong (0 is no), wrong; then right")
                .isEqualTo(0.6);
    }

    @Test
    void probabilitiesHaveAnotherThreshold() {
        BinaryAccuracy accuracy = new BinaryAccuracy(0.5);
        accuracy.update(
                Tensors.of(new double[][] {{0.6}, {0.4}, {Double.NaN}}), Tensors.of(new double[][] {{1}, {1}, {0}}));
        assertThat(accuracy.value()).isEqualTo(1.0 / 3);
    }

    @Test
    void otherTargetsAndShapesAreRefused() {
        BinaryAccuracy accuracy = new BinaryAccuracy();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> accuracy.update(Tensors.of(1, 2), Tensors.of(1, 2)))
                .withMessageContaining("target 2.0 at position 1 is neither 0 nor 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> accuracy.update(Tensors.zeros(2, 1), Tensors.zeros(2)))
                .withMessageContainingAll("(2, 1)", "(2,)");
    }
}
