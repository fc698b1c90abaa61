package org.tinytorch.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class SimpleLayersTest {
    static Stream<Arguments> valuesAtOneAndMinusTwo() {
        double e = Math.E;
        return Stream.of(
                Arguments.of(new Identity(), 1, -2),
                Arguments.of(new ReLU(), 1, 0),
                Arguments.of(new LeakyReLU(), 1, -0.02),
                Arguments.of(new LeakyReLU(0.5), 1, -1),
                Arguments.of(new ELU(), 1, Math.exp(-2) - 1),
                Arguments.of(new ELU(2), 1, 2 * (Math.exp(-2) - 1)),
                Arguments.of(new Sigmoid(), e / (1 + e), 1 / (1 + e * e)),
                Arguments.of(new Tanh(), 0.7615941559557649, -0.9640275800758169),
                Arguments.of(new GELU(), 0.8413447460685429, -0.0455002638963584),
                Arguments.of(new GELU(GELU.Form.TANH), 0.8411919906082768, -0.045402305912),
                Arguments.of(new SiLU(), e / (1 + e), -2 / (1 + e * e)),
                Arguments.of(new Softplus(), Math.log(1 + e), Math.log(1 + Math.exp(-2))),
                Arguments.of(new Softmax(0), 1 / (1 + Math.exp(-3)), 1 / (1 + Math.exp(3))),
                Arguments.of(new LogSoftmax(-1), -Math.log(1 + Math.exp(-3)), -Math.log(1 + Math.exp(3))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("valuesAtOneAndMinusTwo")
    void computesItsFunction(Layer layer, double atOne, double atMinusTwo) {
        Tensor y = layer.forward(Tensors.of(1, -2));

        assertThat(y.shape()).isEqualTo(Shape.of(2));
        assertThat(y.data()).containsExactly(new double[] {atOne, atMinusTwo}, within(1e-9));
        assertThat(layer.parameters()).isEmpty();
    }

    @Test
    void flattenKeepsTheBatchAxis() {
        assertThat(new Flatten().forward(Tensors.zeros(2, 3, 4, 5)).shape()).isEqualTo(Shape.of(2, 60));
        assertThat(new Flatten(-2).forward(Tensors.zeros(2, 3, 4, 5)).shape()).isEqualTo(Shape.of(2, 3, 20));
        assertThat(new Flatten().forward(Tensors.zeros(0, 3, 4)).shape()).isEqualTo(Shape.of(0, 12));
    }

    @Test
    void flattenSaysWhereItBegins() {
        assertThat(new Flatten().startAxis()).isEqualTo(1);
        assertThat(new Flatten(-2).startAxis()).isEqualTo(-2);
    }

    @Test
    void whatTheActivationRefusesTheLayerRefusesToo() {
        assertThatThrownBy(() -> new LeakyReLU(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leakyRelu");
        assertThatThrownBy(() -> new ELU(Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("elu");
    }
}
