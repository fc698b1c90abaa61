package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Tensors;

class BatchTest {
    @Test
    void sizeIsTheFirstDimension() {
        assertThat(new Batch(Tensors.zeros(3, 2, 2), Tensors.zeros(3)).size()).isEqualTo(3);
    }

    @Test
    void inputsAndTargetsMustBeAsMany() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batch(Tensors.zeros(3, 2), Tensors.zeros(2)))
                .withMessage(
                        "batch: 3 inputs but 2 targets: shapes (3, 2) and (2,); the first dimensions must be equal");
    }

    @Test
    void thereMustBeASample() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batch(Tensors.zeros(0, 2), Tensors.zeros(0)))
                .withMessageContaining("no sample");
    }

    @Test
    void aScalarIsNoBatch() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batch(Tensors.scalar(1), Tensors.of(1)))
                .withMessageContaining("use unsqueeze(0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batch(Tensors.of(1), Tensors.scalar(1)))
                .withMessageContaining("batch axis is missing");
    }
}
