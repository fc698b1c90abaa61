package org.tinytorch.spatial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.tinytorch.activation.Activations;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class Conv2dOptionsTest {
    private static final Generator ANY = new Generator(1);

    private static void assertRefused(Conv2d.Builder options, String... parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.build(ANY))
                .withMessageContainingAll(parts);
    }

    @Test
    void isPrintedWithItsOptions() {
        assertThat(new Conv2d(3, 8, 5, ANY))
                .hasToString("Conv2d(in=3, out=8, kernel=5x5, stride=1x1, padding=0x0, bias=true)");
        assertThat(Conv2d.builder(4, 8, 3, 2)
                        .stride(2, 1)
                        .padding(1, 0)
                        .dilation(1, 2)
                        .groups(2)
                        .noBias()
                        .build(ANY))
                .hasToString(
                        "Conv2d(in=4, out=8, kernel=3x2, stride=2x1, padding=1x0, dilation=1x2, groups=2, bias=false)");
        assertThat(Conv2d.builder(1, 1, 4, 3).same().build(ANY))
                .as("two numbers where the sides differ")
                .hasToString("Conv2d(in=1, out=1, kernel=4x3, stride=1x1, padding=(1,2)x1, bias=true)");
    }

    @Test
    void reluIsTheSameAsOneBehindIt() {
        Generator generator = new Generator(3);
        Conv2d plain = Conv2d.builder(2, 3, 3).same().build(new Generator(7));
        Conv2d rectified = Conv2d.builder(2, 3, 3).same().relu().build(new Generator(7));
        Tensor x = Tensors.randn(generator, 2, 2, 5, 6);
        x.set(Double.NaN, 0, 1, 2, 3);

        assertThat(rectified.forward(x).data())
                .contains(0.0, Double.NaN)
                .isEqualTo(Activations.relu(plain.forward(x)).data());
        assertThat(rectified).asString().endsWith("bias=true, relu)");
    }

    @Test
    void isSummarisedWithShapesAndParameters() {
        assertThat(Conv2d.builder(3, 8, 3).padding(1).build(ANY).summary(Shape.of(1, 3, 6, 6)))
                .containsPattern("Conv2d +\\(1, 8, 6, 6\\) +224");
    }

    @Test
    void samePaddingKeepsTheSizeOfEveryKernel() {
        for (int kernel = 1; kernel < 6; kernel++) {
            for (int dilation = 1; dilation < 4; dilation++) {
                Conv2d layer =
                        Conv2d.builder(1, 2, kernel).dilation(dilation).same().build(ANY);
                assertThat(layer.forward(Tensors.zeros(1, 1, 5, 8)).shape())
                        .as("kernel %d, dilation %d", kernel, dilation)
                        .isEqualTo(Shape.of(1, 2, 5, 8));
            }
        }
    }

    @Test
    void samePaddingGoesWithNoStrideAndNoOtherPadding() {
        assertRefused(
                Conv2d.builder(1, 1, 3).same().stride(1, 2),
                "conv2d: same() needs stride 1",
                "stride is 1 x 2",
                "use padding()");
        assertRefused(
                Conv2d.builder(1, 1, 3).same().padding(0, 2),
                "conv2d: same() finds the padding itself",
                "padding 0 x 2",
                "leave one of them out");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertRefused(Conv2d.builder(0, 1, 3), "conv2d: 0 inputs and 1 outputs", "at least 1");
        assertRefused(Conv2d.builder(1, -1, 3), "conv2d: 1 inputs and -1 outputs");
        assertRefused(Conv2d.builder(1, 1, 3, 0), "kernel size of 0", "at least 1");
        assertRefused(Conv2d.builder(1, 1, 3).stride(0), "stride of 0");
        assertRefused(Conv2d.builder(1, 1, 3).padding(-1), "padding of -1", "at least 0");
        assertRefused(Conv2d.builder(1, 1, 3).dilation(0), "dilation of 0");
        assertRefused(Conv2d.builder(4, 6, 3).groups(0), "conv2d: 0 groups");
        assertRefused(
                Conv2d.builder(4, 6, 3).groups(4),
                "conv2d: 4 groups do not divide 4 inputs and 6 outputs",
                "multiples of the groups");
    }

    @Test
    void startsUniformWithinPyTorchsBound() {
        Conv2d layer = Conv2d.builder(4, 200, 3).groups(2).build(new Generator(7));
        double bound = 1 / Math.sqrt(2 * 3 * 3);

        assertThat(layer.weight().abs().max().item()).isBetween(0.99 * bound, bound);
        assertThat(layer.bias().orElseThrow().abs().max().item()).isBetween(0.9 * bound, bound);
        assertThat(layer.weight().mean().item()).isBetween(-0.02 * bound, 0.02 * bound);
    }

    @Test
    void theStateIsWeightAndBias() {
        assertThat(new Conv2d(1, 1, 3, ANY).stateDict()).containsOnlyKeys("weight", "bias");
        assertThat(Conv2d.builder(1, 1, 3).noBias().build(ANY).stateDict()).containsOnlyKeys("weight");
    }
}
