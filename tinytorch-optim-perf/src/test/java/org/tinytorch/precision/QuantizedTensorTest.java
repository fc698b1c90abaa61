package org.tinytorch.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensors;

class QuantizedTensorTest {
    private static final Quantization ONES = new Quantization(1, 0, -7, 7);
    private static final Quantization TENS = new Quantization(10, 1, -7, 7);

    private final byte[] values = {1, -7, 0, 2, 1, 7};
    private final QuantizedTensor tensor = new QuantizedTensor(values, Shape.of(2, 3), 4, List.of(ONES, TENS));

    @Test
    void eachRunIsReadInItsOwnWay() {
        assertThat(tensor.run()).isEqualTo(3);
        assertThat(tensor.part(1)).isEqualTo(TENS);
        assertThat(tensor.dequantize().shape()).isEqualTo(Shape.of(2, 3));
        assertThat(tensor.dequantize().data()).containsExactly(1, -7, 0, 10, 0, 60);
    }

    @Test
    void theIntegersAreShared() {
        assertThat(tensor.values()).isSameAs(values);
    }

    @Test
    void bytesAreThoseOfAFile() {
        int n = 128 * 64;
        var x = Tensors.randn(new Generator(1), 128, 64);
        int scale = 4;
        assertThat(Quantizer.symmetric(8).quantize(x).bytes()).isEqualTo(n + scale);
        assertThat(Quantizer.symmetric(8).perChannel().quantize(x).bytes()).isEqualTo(n + scale * 128);
        assertThat(Quantizer.asymmetric(8).perChannel().quantize(x).bytes()).isEqualTo(n + (scale + 1) * 128);
        assertThat(Quantizer.symmetric(4).perGroup(32).quantize(x).bytes()).isEqualTo(n / 2 + scale * n / 32);
        assertThat(Quantizer.symmetric(4).quantize(Tensors.ones(3)).bytes())
                .as("the last half byte")
                .isEqualTo(2 + scale);
    }

    @Test
    void itSaysWhatItIs() {
        assertThat(tensor).hasToString("QuantizedTensor(int4, shape=(2, 3), parts=2)");
        assertThat(tensor.isSymmetric()).isFalse();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> new QuantizedTensor(values, Shape.of(7), 4, List.of(ONES)))
                .hasMessageContaining("6 integers")
                .hasMessageContaining("(7,)");
        assertThatThrownBy(() -> new QuantizedTensor(new byte[0], Shape.of(0), 4, List.of(ONES)))
                .hasMessageContaining("at least one");
        assertThatThrownBy(() -> new QuantizedTensor(values, Shape.of(6), 4, List.of()))
                .hasMessageContaining("0 parts");
        assertThatThrownBy(() -> new QuantizedTensor(values, Shape.of(6), 4, List.of(ONES, ONES, ONES, ONES)))
                .hasMessageContaining("4 parts");
        assertThatThrownBy(() -> new QuantizedTensor(values, Shape.of(6), 9, List.of(ONES)))
                .hasMessageContaining("9 bits");
        assertThatThrownBy(() -> new QuantizedTensor(
                        new byte[] {0, 8}, Shape.of(2), 4, List.of(new Quantization(1, 0, -127, 127))))
                .hasMessageContaining("integers -127 … 127 do not fit into 4 bits");
        assertThatThrownBy(() -> new QuantizedTensor(new byte[] {0, 8}, Shape.of(2), 4, List.of(ONES)))
                .hasMessageContaining("integer 1 is 8")
                .hasMessageContaining("-7 … 7");
    }
}
