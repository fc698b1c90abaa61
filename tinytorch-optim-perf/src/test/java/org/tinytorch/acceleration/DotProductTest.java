package org.tinytorch.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensors;

class DotProductTest {
    @Test
    void everyLengthAndEveryOffset() {
        double[] a = Tensors.randn(new Generator(1), 60).data();
        double[] b = Tensors.randn(new Generator(2), 60).data();
        for (int length = 0; length <= 40; length++) {
            for (int offset = 0; offset < 9; offset++) {
                double expected = 0;
                for (int p = 0; p < length; p++) {
                    expected += a[offset + p] * b[2 * offset + p];
                }
                assertThat(DotProduct.of(a, offset, b, 2 * offset, length))
                        .as("%d numbers from %d and %d", length, offset, 2 * offset)
                        .isCloseTo(expected, within(1e-12));
            }
        }
    }
}
