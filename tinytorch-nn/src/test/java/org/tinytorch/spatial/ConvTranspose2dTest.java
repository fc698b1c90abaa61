package org.tinytorch.spatial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class ConvTranspose2dTest {
    private static final Generator ANY = new Generator(1);

    private static ConvTranspose2d layer(ConvTranspose2d.Builder options, double bias, double... weight) {
        ConvTranspose2d layer = options.build(ANY);
        layer.weight().copyFrom(Tensors.of(weight, layer.weight().shape()));
        layer.bias().ifPresent(values -> values.fill(bias));
        return layer;
    }

    private static void assertRefused(ConvTranspose2d.Builder options, String... parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.build(ANY))
                .withMessageContainingAll(parts);
    }

    @Test
    void everyPixelPaintsTheKernel() {
        Tensor x = Tensors.of(new double[] {1, 10}, 1, 1, 1, 2);
        assertThat(layer(ConvTranspose2d.builder(1, 1, 2), 0, 1, 2, 3, 4)
                        .forward(x)
                        .data())
                .as("they overlap in the middle column")
                .containsExactly(1, 12, 20, 3, 34, 40);
        assertThat(layer(ConvTranspose2d.builder(1, 1, 2).stride(2), 0.5, 1, 2, 3, 4)
                        .forward(x)
                        .data())
                .as("side by side")
                .containsExactly(1.5, 2.5, 10.5, 20.5, 3.5, 4.5, 30.5, 40.5);
    }

    @Test
    void paddingCutsOffAndOutputPaddingShowsMore() {
        Tensor x = Tensors.of(new double[] {1, 10}, 1, 1, 1, 2);
        ConvTranspose2d.Builder cut =
                ConvTranspose2d.builder(1, 1, 1, 3).stride(1, 2).padding(0, 1);
        assertThat(layer(cut, 0, 1, 2, 3).forward(x).data())
                .as("of 1 2 13 20 30 the ends are cut off")
                .containsExactly(2, 13, 20);
        assertThat(layer(cut.outputPadding(0, 1), 0, 1, 2, 3).forward(x).data())
                .as("what the padding cut off, no zero")
                .containsExactly(2, 13, 20, 30);
    }

    @ParameterizedTest(name = "length {0}, kernel {1}, stride {2}, padding {3}, dilation {4}, output padding {5}")
    @CsvSource({
        "4, 3, 1, 0, 1, 0, 6",
        "4, 3, 1, 1, 1, 0, 4",
        "4, 2, 2, 0, 1, 0, 8",
        "4, 3, 2, 1, 1, 0, 7",
        "4, 3, 2, 1, 1, 1, 8",
        "4, 3, 3, 0, 2, 2, 16",
        "1, 1, 1, 0, 1, 0, 1"
    })
    void theSizeIsTheInverseOfAConvolutions(
            int length, int kernel, int stride, int padding, int dilation, int outputPadding, int size) {
        ConvTranspose2d layer = ConvTranspose2d.builder(2, 3, kernel)
                .stride(stride)
                .padding(padding)
                .dilation(dilation)
                .outputPadding(outputPadding)
                .build(ANY);
        Conv2d back = Conv2d.builder(3, 2, kernel)
                .stride(stride)
                .padding(padding)
                .dilation(dilation)
                .build(ANY);

        Tensor y = layer.forward(Tensors.zeros(1, 2, length, length));

        assertThat(y.shape().dims()).containsExactly(1, 3, size, size);
        assertThat(back.forward(y).shape().dims()).containsExactly(1, 2, length, length);
    }

    @Test
    void anOutputPaddingThatNoConvolutionForgetsIsRefused() {
        assertRefused(
                ConvTranspose2d.builder(1, 1, 3).stride(2).outputPadding(2),
                "convTranspose2d: an output padding of 2 rows",
                "smaller than the stride, 2");
        assertRefused(ConvTranspose2d.builder(1, 1, 3).stride(2).outputPadding(0, -1), "padding of -1 columns");
        assertRefused(
                ConvTranspose2d.builder(1, 1, 3).dilation(3).outputPadding(2),
                "convTranspose2d: an output padding of 2 rows",
                "smaller than the stride, 1");
    }

    @Test
    void optionsOutOfRangeAreRefusedInItsOwnName() {
        assertRefused(ConvTranspose2d.builder(0, 1, 3), "convTranspose2d: 0 inputs and 1 outputs");
        assertRefused(ConvTranspose2d.builder(4, 6, 3).groups(4), "convTranspose2d: 4 groups do not divide 4 inputs");
        assertRefused(ConvTranspose2d.builder(1, 1, 0), "kernel size of 0");
    }

    @Test
    void inputsThatDoNotFitAreNamed() {
        ConvTranspose2d layer = ConvTranspose2d.builder(2, 1, 1).padding(2).build(ANY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.forward(Tensors.zeros(1, 3, 8, 8)))
                .withMessage("convTranspose2d: input (1, 3, 8, 8) has 3 channels, but the layer expects 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.forward(Tensors.zeros(2, 8, 8)))
                .withMessageContainingAll("convTranspose2d: input (2, 8, 8) is not (N, C, H, W)", "unsqueeze(0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.forward(Tensors.zeros(1, 2, 8, 4)))
                .withMessageContainingAll("input (1, 2, 8, 4) with padding 2", "nothing along axis 3", "less padding");
    }

    @Test
    void aSizeThatOverflowsIsRefusedForWhatItIs() {
        ConvTranspose2d layer =
                ConvTranspose2d.builder(1, 1, 1).stride(1 << 30, 1).build(ANY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.forward(Tensors.zeros(1, 1, 5, 1))) // 4 · 2^30 is 0 in 32 bits
                .withMessageContainingAll("convTranspose2d: input (1, 1, 5, 1)", "longer than 2^31 - 1", "stride");
    }

    @Test
    void isPrintedWithItsOptions() {
        assertThat(new ConvTranspose2d(3, 8, 2, ANY))
                .hasToString("ConvTranspose2d(in=3, out=8, kernel=2x2, stride=1x1, padding=0x0, bias=true)");
        assertThat(ConvTranspose2d.builder(4, 8, 3)
                        .stride(2)
                        .padding(1)
                        .outputPadding(1, 0)
                        .groups(4)
                        .noBias()
                        .build(ANY))
                .hasToString(
                        "ConvTranspose2d(in=4, out=8, kernel=3x3, stride=2x2, padding=1x1, groups=4, outputPadding=1x0, bias=false)");
    }

    @Test
    void weightsAreLaidOutAndDrawnAsInPyTorch() {
        ConvTranspose2d layer = ConvTranspose2d.builder(100, 4, 3).groups(2).build(new Generator(3));
        double bound = 1 / Math.sqrt(2 * 3 * 3);

        assertThat(layer.weight().shape().dims()).containsExactly(100, 2, 3, 3);
        assertThat(layer.weight().abs().max().item()).isBetween(0.99 * bound, bound);
        assertThat(layer.stateDict()).containsOnlyKeys("weight", "bias");
    }
}
