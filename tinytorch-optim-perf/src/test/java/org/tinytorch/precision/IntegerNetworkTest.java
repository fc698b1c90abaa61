package org.tinytorch.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tinytorch.acceleration.Kernels;
import org.tinytorch.acceleration.Workers;
import org.tinytorch.spatial.Convolution;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Networks of integers: the plain loops against real numbers, and vectors against the plain loops. */
class IntegerNetworkTest {
    private static final Kernels VECTORS = new IntegerNetworkKernels().kernels(Workers.shared());
    private static final Quantization OUTPUT = new Quantization(0.1, -20, -128, 127);

    private static void assertSameBits(IntegerNetwork network, Tensor x) {
        assertThat(VECTORS.compute(network, x).orElseThrow().data())
                .as("%s of %s", network, x.shape())
                .isEqualTo(network.forward(x).data());
    }

    @Property(tries = 150)
    void vectorsGiveTheSameBitsAsThePlainLoops(
            @ForAll @IntRange(min = 1, max = 20) int in,
            @ForAll @IntRange(min = 1, max = 40) int out,
            @ForAll @IntRange(min = 1, max = 3) int kernel,
            @ForAll @IntRange(min = 1, max = 2) int stride,
            @ForAll @IntRange(min = 1, max = 2) int dilation,
            @ForAll @IntRange(max = 2) int before,
            @ForAll boolean relu,
            @ForAll boolean real,
            @ForAll long seed) {
        Generator generator = new Generator(seed);
        Window rows = new Window(kernel, stride, dilation, before, 1);
        Window columns = new Window(kernel, 1, dilation, 0, before);
        Optional<Quantization> output = real ? Optional.empty() : Optional.of(OUTPUT);
        IntegerConvolution convolution =
                SmallNetworks.convolution(generator, in, out, rows, columns, SmallNetworks.INPUT, output, relu);

        assertSameBits(
                new IntegerNetwork(SmallNetworks.INPUT, List.of(convolution), true),
                Tensors.randn(generator, 2, in, 7, 6));
    }

    /** All weights and inputs as large as they can be: sums beyond the whole numbers that a float holds. */
    @Test
    void sumsTooLargeForAFloatAreAddedUpInParts() {
        int in = 700;
        Quantization input = new Quantization(1, -128, -128, 127);
        Window one = Window.of(1, 1, 0);
        Tensor weight = Tensors.ones(17, in, 1, 1);
        IntegerConvolution convolution = new IntegerConvolution(
                Quantizer.symmetric(8).quantize(weight), new double[17], one, one, input, Optional.empty(), false);
        Tensor x = Tensors.ones(3, in).mul(255);

        assertThat(convolution.panels().sumsAreExact())
                .as("700 · 255 · 127 ≥ 2^24")
                .isFalse();
        assertSameBits(new IntegerNetwork(input, List.of(convolution), false), x);
    }

    @Test
    void aSumIsThatOfTheRealNumbersTheIntegersStandFor() {
        Generator generator = new Generator(4);
        Window rows = Window.of(3, 2, 1);
        Window columns = Window.of(3, 1, 0);
        IntegerConvolution convolution =
                SmallNetworks.convolution(generator, 2, 3, rows, columns, SmallNetworks.INPUT, Optional.empty(), false);
        Tensor x = Tensors.randn(generator, 2, 2, 5, 6);
        Tensor rounded = Tensors.of(
                java.util.Arrays.stream(x.data())
                        .map(SmallNetworks.INPUT::round)
                        .toArray(),
                x.shape());

        Tensor actual = new IntegerNetwork(SmallNetworks.INPUT, List.of(convolution), true).forward(x);

        Tensor expected = new Convolution(rows, columns, 1)
                .forward(rounded, convolution.weight().dequantize(), Tensors.of(convolution.bias()));
        assertThat(actual.allClose(expected, 1e-12, 1e-12))
                .as("%s instead of %s", actual, expected)
                .isTrue();
    }

    @Test
    void integersThatComeOutAreTheNearestToTheRealNumbers() {
        Generator generator = new Generator(5);
        Window one = Window.of(1, 1, 0);
        IntegerConvolution real =
                SmallNetworks.convolution(generator, 3, 4, one, one, SmallNetworks.INPUT, Optional.empty(), true);
        IntegerConvolution integers = new IntegerConvolution(
                real.weight(), real.bias(), one, one, SmallNetworks.INPUT, Optional.of(OUTPUT), true);
        Tensor x = Tensors.randn(generator, 50, 3).mul(0.5);

        Tensor exact = new IntegerNetwork(SmallNetworks.INPUT, List.of(real), false).forward(x);
        Tensor rounded = new IntegerNetwork(SmallNetworks.INPUT, List.of(integers), false).forward(x);

        for (int i = 0; i < exact.size(); i++) {
            double y = Math.min(OUTPUT.max(), exact.data()[i]);
            assertThat(Math.abs(rounded.data()[i] - y))
                    .as("%s for %s", rounded.data()[i], y)
                    .isLessThanOrEqualTo(OUTPUT.scale() / 2 * (1 + 1e-5));
        }
        assertThat(rounded.min().item()).as("rectified").isGreaterThanOrEqualTo(0);
    }

    @Property(tries = 40)
    void poolingTakesTheLargest(
            @ForAll @IntRange(min = 1, max = 3) int size,
            @ForAll @IntRange(min = 1, max = 2) int stride,
            @ForAll long seed) {
        for (int channels : new int[] {3, 16, 32}) {
            byte[] values = new byte[7 * 6 * channels];
            new java.util.Random(seed).nextBytes(values);
            IntegerMap map = new IntegerMap(values, new IntegerMap.Size(7, 6, channels), OUTPUT);
            IntegerMaxPool pool = new IntegerMaxPool(new Window(size, stride, 2, 0, 0), Window.of(size, stride, 0));

            assertThat(IntegerPooling.max(pool, map).values())
                    .as("%d channels", channels)
                    .isEqualTo(pool.forward(map).values());
            int largest = Byte.MIN_VALUE;
            for (int a = 0; a < size; a++) {
                for (int b = 0; b < size; b++) {
                    largest = Math.max(largest, values[(2 * a * 6 + b) * channels]);
                }
            }
            assertThat(pool.forward(map).values()[0]).as("the first window").isEqualTo((byte) largest);
        }
    }

    @Test
    void aMeanIsRoundedToTheNearestInteger() {
        IntegerMap map = new IntegerMap(new byte[] {1, -8, 2, -9, 4, -9}, new IntegerMap.Size(3, 1, 2), OUTPUT);

        assertThat(new IntegerMean().forward(map).values()).containsExactly(2, -9);
    }

    @Test
    void whatIsNotANumberIsNamed() {
        IntegerNetwork network = SmallNetworks.network(new Generator(1), 1, 2, 1);
        Tensor x = Tensors.zeros(1, 1, 8, 8);
        x.mutableData()[9] = Double.NaN;

        assertThatThrownBy(() -> network.forward(x)).hasMessageContaining("the number at [0, 0, 1, 1]");
        assertThatThrownBy(() -> VECTORS.compute(network, x)).hasMessageContaining("the number at [0, 0, 1, 1]");
    }

    @Test
    void stagesThatDoNotFitEachOtherAreRefused() {
        Generator generator = new Generator(1);
        Window one = Window.of(1, 1, 0);
        Window three = Window.of(3, 1, 1);
        IntegerConvolution real =
                SmallNetworks.convolution(generator, 2, 2, one, one, SmallNetworks.INPUT, Optional.empty(), false);
        QuantizedTensor weight = real.weight();

        assertThatThrownBy(() -> new IntegerNetwork(SmallNetworks.INPUT, List.of(real, real), false))
                .hasMessageContaining("stage 0 gives real numbers, but another one follows");
        assertThatThrownBy(() -> new IntegerNetwork(SmallNetworks.INPUT, List.of(real), false)
                        .forward(Tensors.zeros(1, 2, 4, 3)))
                .hasMessageContaining("leaves 4 x 3 places at the end, where one is expected");
        assertThatThrownBy(() -> new IntegerConvolution(
                        weight, new double[2], three, one, SmallNetworks.INPUT, Optional.empty(), false))
                .hasMessageContaining("a weight of shape (2, 2, 1, 1) does not fit windows of 3 x 1");
        assertThatThrownBy(() -> new IntegerConvolution(
                        weight, new double[] {0, Double.NaN}, one, one, SmallNetworks.INPUT, Optional.empty(), false))
                .hasMessageContaining("the number at [1]")
                .hasMessageContaining("is NaN");
        assertThatThrownBy(() -> new IntegerMaxPool(one, new Window(3, 1, 1, 0, 1)))
                .hasMessageContaining("a max pool with padding is not possible");
    }

    @Test
    void sumsThatAnIntCannotHoldAreRefusedBeforeAnythingIsComputed() {
        int in = 70_000;
        Window one = Window.of(1, 1, 0);
        QuantizedTensor weight = Quantizer.symmetric(8).quantize(Tensors.ones(1, in, 1, 1));
        Quantization input = new Quantization(1, -128, -128, 127);

        assertThatThrownBy(
                        () -> new IntegerConvolution(weight, new double[1], one, one, input, Optional.empty(), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a sum could reach " + 255L * 127 * in);
    }
}
