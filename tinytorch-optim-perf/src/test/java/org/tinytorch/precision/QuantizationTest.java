package org.tinytorch.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizationTest {
    private final Quantization halves = new Quantization(0.5, 3, -128, 127);

    @ParameterizedTest
    @CsvSource({"1.6, 6", "0, 3", "-0.5, 2", "0.25, 3", "0.75, 5", "1.25, 5", "-0.25, 3", "-0.75, 1"})
    void aNumberGoesToTheNearestIntegerAndAHalfToTheEvenOne(double x, int q) {
        assertThat(halves.quantize(x)).as("the integer for %s", x).isEqualTo(q);
    }

    @Test
    void anIntegerMeansItsDistanceFromTheZeroPoint() {
        assertThat(halves.dequantize(6)).isEqualTo(1.5);
        assertThat(halves.dequantize(3)).isZero();
        assertThat(halves.dequantize(-128)).isEqualTo(halves.min()).isEqualTo(-131 * 0.5);
        assertThat(halves.dequantize(127)).isEqualTo(halves.max()).isEqualTo(124 * 0.5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {62.1, 1e9, 1e300, Double.POSITIVE_INFINITY})
    void whatIsOutsideBecomesTheNearerEnd(double beyond) {
        assertThat(halves.quantize(beyond)).isEqualTo(127);
        assertThat(halves.quantize(-beyond - 4)).isEqualTo(-128);
    }

    @Test
    void halfAScaleOutsideIsStillHeld() {
        assertThat(halves.holds(halves.max() + 0.24)).isTrue();
        assertThat(halves.holds(halves.max() + 0.26)).isFalse();
        assertThat(halves.holds(halves.min() - 0.24)).isTrue();
        assertThat(halves.holds(halves.min() - 0.26)).isFalse();
        assertThat(halves.holds(0)).isTrue();
        assertThat(halves.holds(Double.NaN)).isFalse();
    }

    @Property
    void theWayThereAndBackMovesANumberByHalfAScaleAtMost(
            @ForAll @DoubleRange(min = -6, max = 6) double exponent,
            @ForAll @IntRange(min = -128, max = 127) int zeroPoint,
            @ForAll @DoubleRange(min = 0, max = 1) double place) {
        double scale = Math.pow(10, exponent);
        Quantization part = new Quantization(scale, zeroPoint, -128, 127);
        double x = part.min() + place * (part.max() - part.min());
        assertThat(part.round(x)).isCloseTo(x, within(scale / 2 * (1 + 1e-12)));
    }

    @Property
    void everyIntegerComesBackAsItself(
            @ForAll @DoubleRange(min = -30, max = 30) double exponent,
            @ForAll @IntRange(min = -128, max = 127) int zeroPoint,
            @ForAll @IntRange(min = -128, max = 127) int q) {
        Quantization part = new Quantization(Math.pow(10, exponent), zeroPoint, -128, 127);
        assertThat(part.quantize(part.dequantize(q))).isEqualTo(q);
    }

    @Test
    void valuesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> halves.quantize(Double.NaN)).hasMessageContaining("NaN");
        for (double scale : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Quantization(scale, 0, -128, 127))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("scale of " + scale);
        }
        assertThatThrownBy(() -> new Quantization(1, 0, -129, 127)).hasMessageContaining("-129 … 127");
        assertThatThrownBy(() -> new Quantization(1, 0, 0, 255)).hasMessageContaining("0 … 255");
        assertThatThrownBy(() -> new Quantization(1, 0, 5, 5)).hasMessageContaining("5 … 5");
        assertThatThrownBy(() -> new Quantization(1, 8, -7, 7)).hasMessageContaining("zero point 8");
    }
}
