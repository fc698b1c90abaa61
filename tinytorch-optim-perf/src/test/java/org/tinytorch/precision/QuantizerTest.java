package org.tinytorch.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class QuantizerTest {
    private static final double ROUNDING = 1 + 1e-12;

    @Provide
    Arbitrary<Quantizer> quantizers() {
        Arbitrary<Quantizer> symmetric = Arbitraries.integers().between(2, 8).map(Quantizer::symmetric);
        Arbitrary<Quantizer> asymmetric = Arbitraries.integers().between(2, 8).map(Quantizer::asymmetric);
        return Arbitraries.oneOf(symmetric, asymmetric, symmetric.map(Quantizer::shortScales));
    }

    @Test
    void theExampleOfTheDocumentation() {
        Quantization symmetric = Quantizer.symmetric(8).choose(-1, 4.1);
        assertThat(symmetric).isEqualTo(new Quantization(symmetric.scale(), 0, -127, 127));
        assertThat(symmetric.scale()).isCloseTo(4.1 / 127, within(1e-8));

        Quantization asymmetric = Quantizer.asymmetric(8).choose(-1, 4.1);
        assertThat(asymmetric).isEqualTo(new Quantization(asymmetric.scale(), -78, -128, 127));
        assertThat(asymmetric.scale()).isCloseTo(0.02, within(1e-8));
    }

    @Test
    void fourBitsHaveFifteenOrSixteenIntegers() {
        assertThat(Quantizer.symmetric(4).choose(-1, 1).greatest()).isEqualTo(7);
        assertThat(Quantizer.symmetric(4).choose(-1, 1).least()).isEqualTo(-7);
        assertThat(Quantizer.asymmetric(4).choose(-1, 1).least()).isEqualTo(-8);
    }

    @Property
    void theErrorIsAtMostHalfTheScale(
            @ForAll("quantizers") Quantizer quantizer,
            @ForAll @DoubleRange(min = -1e3, max = 1e3) double a,
            @ForAll @DoubleRange(min = -1e3, max = 1e3) double b,
            @ForAll @DoubleRange(min = 0, max = 1) double place) {
        double min = Math.min(a, b);
        double max = Math.max(a, b);
        Quantization part = quantizer.choose(min, max);
        for (double x : new double[] {min, max, min + place * (max - min), 0}) {
            assertThat(part.round(x))
                    .as("%s of %s … %s: %s", quantizer, min, max, x)
                    .isCloseTo(x, within(part.scale() / 2 * ROUNDING));
        }
        assertThat(part.round(0)).as("zero is exact").isZero();
    }

    @Property
    void theScaleIsNoLargerThanTheRangeNeeds(
            @ForAll("quantizers") Quantizer quantizer, @ForAll @DoubleRange(min = -3, max = 3) double exponent) {
        double width = Math.pow(10, exponent);
        Quantization part = quantizer.choose(-width, width / 2);
        double needed =
                quantizer.isSymmetric() ? width / part.greatest() : 1.5 * width / (part.greatest() - part.least());
        boolean isShort = quantizer.toString().contains("16 bits");
        double step = isShort ? Precision.BFLOAT16.epsilon() : Math.ulp(1f);
        assertThat(part.scale()).isBetween(needed / ROUNDING, needed * (1 + step) * ROUNDING);
        assertThat(isShort ? Bfloat16.round(part.scale()) : (float) part.scale())
                .as("what a file holds")
                .isEqualTo(part.scale());
    }

    @Test
    void shortScalesStayWhateverIsChangedAfterwards() {
        Quantizer quantizer = Quantizer.symmetric(4).shortScales();
        for (Quantizer other : new Quantizer[] {quantizer.perTensor(), quantizer.perChannel(), quantizer.perGroup(2)}) {
            double scale = other.quantize(Tensors.ones(2, 2)).scale(0);

            assertThat(scale).as("%s", other).isEqualTo(Bfloat16.round(scale)).isGreaterThan(1.0 / 7);
        }
    }

    @Test
    void aScaleBeyondSixteenBitsIsRefused() {
        double largest = 127 * (double) Float.MAX_VALUE; // fits single precision, and lies above all that bfloat16 has

        assertThat(Quantizer.symmetric(8).choose(0, largest).scale()).isEqualTo(Float.MAX_VALUE);
        assertThatThrownBy(() -> Quantizer.symmetric(8).shortScales().choose(0, largest))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("beyond bfloat16");
    }

    @Test
    void aRangeOnOneSideIsStretchedToHoldZero() {
        Quantization positive = Quantizer.asymmetric(8).choose(2, 5.1);
        assertThat(positive.zeroPoint()).isEqualTo(-128);
        assertThat(positive.scale()).isCloseTo(0.02, within(1e-8));
        Quantization negative = Quantizer.asymmetric(8).choose(-5.1, -2);
        assertThat(negative.zeroPoint()).isEqualTo(127);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, Double.MIN_VALUE, 1e-300, 1e-30, 1e30})
    void tinyAndHugeRangesKeepTheBound(double width) {
        for (Quantizer quantizer : new Quantizer[] {Quantizer.symmetric(8), Quantizer.asymmetric(8)}) {
            Quantization part = quantizer.choose(-width, width);
            assertThat(part.round(width)).isCloseTo(width, within(part.scale() / 2 * ROUNDING));
            assertThat(part.round(0)).isZero();
        }
    }

    @Test
    void eachChannelHasItsOwnScale() {
        Tensor weight = Tensors.of(new double[][] {{1, -127, 3}, {0.01, 0.02, -1.27}});
        QuantizedTensor whole = Quantizer.symmetric(8).quantize(weight);
        QuantizedTensor channels = Quantizer.symmetric(8).perChannel().quantize(weight);

        assertThat(whole.values()).containsExactly(1, -127, 3, 0, 0, -1);
        assertThat(channels.values()).containsExactly(1, -127, 3, 1, 2, -127);
        assertThat(channels.run()).isEqualTo(3);
        assertThat(channels.parts()).hasSize(2);
        assertThat(channels.part(0).scale()).isEqualTo(1);
        assertThat(channels.part(1).scale()).isCloseTo(0.01, within(1e-8));
        assertThat(channels.dequantize().data()).containsExactly(weight.data(), within(1e-6));
    }

    @Test
    void axesBehindTheFirstBelongToTheirChannel() {
        Tensor kernels = Tensors.randn(new Generator(1), 4, 3, 2, 2);
        QuantizedTensor channels = Quantizer.symmetric(8).perChannel().quantize(kernels);
        assertThat(channels.run()).isEqualTo(12);
        for (int c = 0; c < 4; c++) {
            double largest = kernels.slice(0, c, c + 1).abs().max().item();
            assertThat(channels.part(c).max()).as("channel %d", c).isCloseTo(largest, within(1e-6));
        }
    }

    @Test
    void groupsAreRunsOfTheLastAxis() {
        Tensor weight = Tensors.of(new double[][] {{7, -1, 70, 10}, {0.7, 0.1, 700, -100}});
        QuantizedTensor groups = Quantizer.symmetric(4).perGroup(2).quantize(weight);
        assertThat(groups.values()).containsExactly(7, -1, 7, 1, 7, 1, 7, -1);
        assertThat(groups.run()).isEqualTo(2);
        assertThat(groups.parts()).hasSize(4);
        assertThat(groups.bits()).isEqualTo(4);
    }

    @Property(tries = 100)
    void aTensorComesBackWithinHalfTheScaleOfEachPart(@ForAll("quantizers") Quantizer quantizer, @ForAll long seed) {
        Tensor x = Tensors.randn(new Generator(seed), 6, 8).mul(Tensors.arange(1, 9));
        for (Quantizer each : new Quantizer[] {quantizer.perTensor(), quantizer.perChannel(), quantizer.perGroup(4)}) {
            QuantizedTensor small = each.quantize(x);
            double[] back = small.dequantize().data();
            for (int i = 0; i < back.length; i++) {
                assertThat(back[i])
                        .as("%s, number %d", each, i)
                        .isCloseTo(
                                x.data()[i], within(small.part(i / small.run()).scale() / 2 * ROUNDING));
            }
        }
    }

    @Test
    void finerPartsMakeSmallerErrors() {
        double[] sizes = {0.001, 1, 0.1, 10};
        Tensor x = Tensors.randn(new Generator(2), 4, 64).mul(Tensors.of(sizes, 4, 1));
        double whole = error(Quantizer.symmetric(8), x);
        double channels = error(Quantizer.symmetric(8).perChannel(), x);
        double groups = error(Quantizer.symmetric(8).perGroup(8), x);
        assertThat(channels).isLessThan(whole);
        assertThat(groups).isLessThan(channels);
    }

    private static double error(Quantizer quantizer, Tensor x) {
        return quantizer.quantize(x).dequantize().sub(x).square().mean().item();
    }

    @Test
    void quantisingAgainChangesNothing() {
        Tensor x = Tensors.randn(new Generator(3), 5, 5);
        Quantizer quantizer = Quantizer.symmetric(8).perChannel();
        QuantizedTensor once = quantizer.quantize(x);
        assertThat(quantizer.quantize(once.dequantize()).values()).isEqualTo(once.values());
    }

    @Test
    void nonFiniteNumbersAreNamedWithTheirPlace() {
        Tensor x = Tensors.ones(2, 3);
        x.set(Double.NaN, 1, 2);
        assertThatThrownBy(() -> Quantizer.symmetric(8).quantize(x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quantizer: the number at [1, 2] of a tensor of shape (2, 3) is NaN; only finite numbers"
                        + " can be quantised, look for where it comes from");
        x.set(Double.NEGATIVE_INFINITY, 0, 1);
        assertThatThrownBy(() -> Quantizer.asymmetric(8).perChannel().quantize(x))
                .hasMessageContaining("the number at [0, 1]")
                .hasMessageContaining("-Infinity");
    }

    @Test
    void whatCannotBeDividedIsRefused() {
        assertThatThrownBy(() -> Quantizer.symmetric(4).perGroup(3).quantize(Tensors.ones(3, 4)))
                .hasMessageContaining("(3, 4)")
                .hasMessageContaining("groups of 3");
        assertThatThrownBy(() -> Quantizer.symmetric(4).perGroup(0)).hasMessageContaining("groups of 0");
        assertThatThrownBy(() -> Quantizer.symmetric(8).perChannel().quantize(Tensors.scalar(1)))
                .hasMessageContaining("scalar");
        assertThatThrownBy(() -> Quantizer.symmetric(8).quantize(Tensors.zeros(0, 3)))
                .hasMessageContaining("(0, 3) has no numbers");
    }

    @Test
    void rangesAndBitsThatMakeNoSenseAreRefused() {
        for (int bits : new int[] {1, 9}) {
            assertThatThrownBy(() -> Quantizer.symmetric(bits)).hasMessageContaining(bits + " bits");
        }
        Quantizer quantizer = Quantizer.asymmetric(8);
        assertThatThrownBy(() -> quantizer.choose(1, -1)).hasMessageContaining("1.0 … -1.0 is not a range");
        assertThatThrownBy(() -> quantizer.choose(Double.NaN, 1)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> quantizer.choose(0, Double.POSITIVE_INFINITY)).hasMessageContaining("Infinity");
        assertThatThrownBy(() -> quantizer.choose(-1e300, 1e300)).hasMessageContaining("single precision");
    }

    @Test
    void itSaysWhatItDoes() {
        assertThat(Quantizer.symmetric(8).perChannel()).hasToString("int8, symmetric, per channel");
        assertThat(Quantizer.asymmetric(4).perGroup(32)).hasToString("int4, asymmetric, per group of 32");
        assertThat(Quantizer.asymmetric(4).perGroup(32).perTensor()).hasToString("int4, asymmetric, per tensor");
    }

    @Test
    void theShapeIsKeptAndTheTensorIsNotTouched() {
        double[] numbers = {1, 2, 3, 4, 5, 6, 7, 8};
        Tensor x = Tensors.of(numbers.clone(), 2, 2, 2);
        assertThat(Quantizer.symmetric(8).quantize(x).shape()).isEqualTo(Shape.of(2, 2, 2));
        assertThat(Arrays.equals(x.data(), numbers)).as("unchanged").isTrue();
    }
}
