package org.tinytorch.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions of vectors against {@link StrictMath}, and the error function against values to 40 digits. */
class VectorMathTest {
    private static final double[] SPECIAL = {
        Double.NaN,
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        0.0,
        -0.0,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        1e-310,
        -1e-310,
        Double.MIN_NORMAL,
        1e-20,
        -1e-20,
        1,
        -1,
        20,
        -20,
        708,
        -708.5,
        709.7,
        -740,
        -745.13,
        -746,
        710,
        1e10,
        -1e10,
        Double.MAX_VALUE,
        -Double.MAX_VALUE
    };

    private static double[] apply(UnaryLoops.Loop loop, double... x) {
        double[] out = new double[x.length];
        UnaryLoops.run(loop, x, 0, out, 0, x.length);
        return out;
    }

    private static void within(double ulps, String name, double x, double actual, double expected) {
        if (Double.isNaN(expected) || Double.isInfinite(expected) || expected == 0) {
            assertThat(Double.valueOf(actual))
                    .as("%s(%s)", name, x)
                    .isEqualTo(Double.valueOf(expected)); // boxed: NaN equals NaN
        } else {
            assertThat(Math.abs(actual - expected) / Math.ulp(expected))
                    .as("%s(%s): how many units in the last place %s is from %s", name, x, actual, expected)
                    .isLessThanOrEqualTo(ulps);
        }
    }

    private static void everywhere(
            double ulps, String name, UnaryLoops.Loop loop, DoubleUnaryOperator exact, double x) {
        within(ulps, name, x, apply(loop, x)[0], exact.applyAsDouble(x));
    }

    private static void atSpecialValues(double ulps, String name, UnaryLoops.Loop loop, DoubleUnaryOperator exact) {
        double[] actual = apply(loop, SPECIAL);
        for (int i = 0; i < SPECIAL.length; i++) {
            within(ulps, name, SPECIAL[i], actual[i], exact.applyAsDouble(SPECIAL[i]));
        }
    }

    @Property(tries = 5000)
    void exp(@ForAll @DoubleRange(min = -750, max = 712) double x) {
        everywhere(2, "exp", UnaryLoops::exp, StrictMath::exp, x);
    }

    @Property(tries = 5000)
    void log(@ForAll @DoubleRange(min = 0, max = 1e300) double x) {
        everywhere(2, "log", UnaryLoops::log, StrictMath::log, x);
    }

    @Property(tries = 5000)
    void logNearOne(@ForAll @DoubleRange(min = 0.5, max = 2) double x) {
        everywhere(2, "log", UnaryLoops::log, StrictMath::log, x);
    }

    @Property(tries = 5000)
    void tanh(@ForAll @DoubleRange(min = -21, max = 21) double x) {
        everywhere(4, "tanh", UnaryLoops::tanh, StrictMath::tanh, x);
    }

    @Property(tries = 5000)
    void sigmoid(@ForAll @DoubleRange(min = -700, max = 700) double x) {
        double e = StrictMath.exp(-Math.abs(x));
        everywhere(4, "sigmoid", UnaryLoops::sigmoid, v -> v >= 0 ? 1 / (1 + e) : e / (1 + e), x);
    }

    @Test
    void specialValues() {
        atSpecialValues(2, "exp", UnaryLoops::exp, StrictMath::exp);
        atSpecialValues(2, "log", UnaryLoops::log, StrictMath::log);
        atSpecialValues(4, "tanh", UnaryLoops::tanh, StrictMath::tanh);
    }

    @Test
    void zeroKeepsItsSign() {
        assertThat(apply(UnaryLoops::tanh, -0.0)[0]).isEqualTo(-0.0);
        assertThat(apply(UnaryLoops::erf, -0.0)[0]).isEqualTo(-0.0);
    }

    /** The values are those of mpmath, rounded to double. */
    @ParameterizedTest
    @CsvSource({
        "1e-10, 1.1283791670955126e-10",
        "0.1, 0.1124629160182849",
        "0.3, 0.3286267594591274",
        "0.5, 0.5204998778130465",
        "0.75, 0.7111556336535151",
        "0.99, 0.8385080695553698",
        "1.0, 0.8427007929497149",
        "1.01, 0.8468104962282768",
        "1.25, 0.9229001282564583",
        "1.5, 0.9661051464753108",
        "2.0, 0.9953222650189527",
        "2.107217513388126, 0.9971180391843952",
        "2.5, 0.999593047982555",
        "3.0, 0.9999779095030014",
        "4.0, 0.9999999845827421",
        "5.5, 0.9999999999999927",
        "6.5, 1",
        "Infinity, 1",
        "NaN, NaN"
    })
    void erf(double x, double expected) {
        double[] actual = apply(UnaryLoops::erf, x, -x);

        within(2, "erf", x, actual[0], expected);
        within(2, "erf", -x, actual[1], -expected);
    }

    /** The values are those of mpmath, rounded to double; beyond −8.6, where the result is below 1e-16, nothing is promised. What the exponential is taken of carries a rounding error that grows with x². */
    @ParameterizedTest
    @CsvSource({
        "-8.5, -8.05760459887282e-17, -6.846504938697085e-16",
        "-8, -4.976768459417427e-15, -3.979607261086796e-14",
        "-5, -1.4332578593959695e-06, -7.146946001792295e-06",
        "-3, -0.0040496940948902835, -0.011945647204183927",
        "-1.5, -0.1002108019032871, -0.12746919222997952",
        "-1, -0.15865525393145705, -0.0833154705876863",
        "-0.5, -0.15426876936299344, 0.13250487534383715",
        "-0.1, -0.0460172162722971, 0.4204769079752698",
        "-1e-10, -4.999999999601058e-11, 0.49999999992021155",
        "1e-10, 5.000000000398942e-11, 0.5000000000797885",
        "0.1, 0.053982783727702904, 0.5795230920247302",
        "0.3, 0.1853734266566858, 0.7323277668271099",
        "1, 0.8413447460685429, 1.0833154705876864",
        "1.5, 1.399789198096713, 1.1274691922299795",
        "2, 1.9544997361036416, 1.085231801078197",
        "5, 4.999998566742141, 1.000007146946002",
        "8.7, 8.7, 1.0000000000000002",
        "40, 40.0, 1.0",
        "-Infinity, 0, 0",
        "Infinity, Infinity, 1",
        "NaN, NaN, NaN"
    })
    void gelu(double x, double value, double slope) {
        double ulps = 4 + x * x / 2;

        within(ulps, "gelu", x, apply(UnaryLoops::gelu, x)[0], value);
        within(ulps, "geluSlope", x, apply(UnaryLoops::geluSlope, x)[0], slope);
    }
}
