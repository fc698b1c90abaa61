package org.tinytorch.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class InitTest {
    private final Generator generator = new Generator(1);
    private final Tensor weight = Tensors.zeros(200, 50);

    private static void assertUniformWithin(double bound, Tensor tensor) {
        assertThat(tensor.abs().max().item()).isBetween(bound * 0.99, bound);
        assertThat(tensor.mean().item()).isCloseTo(0, within(bound * 0.03));
        assertThat(tensor.var().item())
                .as("variance of a uniform distribution")
                .isCloseTo(bound * bound / 3, within(bound * bound * 0.02));
    }

    private static void assertNormal(double deviation, Tensor tensor) {
        assertThat(tensor.mean().item()).isCloseTo(0, within(deviation * 0.03));
        assertThat(tensor.var().sqrt().item()).isCloseTo(deviation, within(deviation * 0.03));
        assertThat(tensor.abs().max().item())
                .as("a normal distribution has tails")
                .isGreaterThan(3 * deviation);
    }

    @Test
    void fanCountsConnectionsOfMatricesAndKernels() {
        assertThat(Fan.IN.of(Shape.of(200, 50))).isEqualTo(50);
        assertThat(Fan.OUT.of(Shape.of(200, 50))).isEqualTo(200);
        assertThat(Fan.IN.of(Shape.of(16, 3, 5, 4))).isEqualTo(60);
        assertThat(Fan.OUT.of(Shape.of(16, 3, 5, 4))).isEqualTo(320);
    }

    @Test
    void kaiming() {
        assertUniformWithin(Math.sqrt(6.0 / 50), Init.kaimingUniform(weight, Fan.IN, Init.RELU_GAIN, generator));
        assertUniformWithin(Math.sqrt(3.0 / 200), Init.kaimingUniform(weight, Fan.OUT, 1, generator));
        assertNormal(Math.sqrt(2.0 / 50), Init.kaimingNormal(weight, Fan.IN, Init.RELU_GAIN, generator));
    }

    @Test
    void xavier() {
        assertUniformWithin(Math.sqrt(6.0 / 250), Init.xavierUniform(weight, 1, generator));
        assertNormal(5.0 / 3 * Math.sqrt(2.0 / 250), Init.xavierNormal(weight, Init.TANH_GAIN, generator));
    }

    @Test
    void normalAndUniform() {
        Init.normal(weight, 5, 0.1, generator);
        assertNormal(0.1, weight.sub(5));
        Init.uniform(weight, 2, 4, generator);
        assertUniformWithin(1, weight.sub(3));
    }

    @Test
    void constants() {
        assertThat(Init.constant(weight, 7).data()).containsOnly(7);
        assertThat(Init.ones(weight).data()).containsOnly(1);
        assertThat(Init.zeros(weight).data()).containsOnly(0);
    }

    @Test
    void fillsInPlaceAndReturnsTheSameParameter() {
        Parameter parameter = new Parameter(Tensors.zeros(2, 2));
        int version = parameter.version();

        assertThat(Init.ones(parameter)).isSameAs(parameter);
        assertThat(parameter.version()).as("counts as a write").isGreaterThan(version);
    }

    @Test
    void aLeakySlopeOf0IsReluAndOneOfSqrt5IsPyTorchsDefault() {
        assertThat(Init.leakyReluGain(0)).isEqualTo(Init.RELU_GAIN);
        assertThat(Init.leakyReluGain(Math.sqrt(5))).isCloseTo(Math.sqrt(1.0 / 3), within(1e-15));
    }

    @Test
    void impossibleArgumentsAreRefused() {
        assertThatThrownBy(() -> Init.kaimingUniform(Tensors.zeros(3), Fan.IN, 1, generator))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a tensor of shape (3,) has no fan");
        assertThatThrownBy(() -> Init.normal(weight, 0, -1, generator))
                .hasMessageContaining("standard deviation -1.0 is not possible");
        assertThatThrownBy(() -> Init.uniform(weight, 1, 0, generator))
                .hasMessageContaining("uniform from 1.0 to 0.0 is not possible");
        assertThatThrownBy(() -> Init.xavierUniform(weight, Double.NaN, generator))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
