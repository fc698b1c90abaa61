package org.tinytorch.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tinytorch.testing.ExactErf;

/** The error function against an 80-digit series, above all where one expansion hands over to the next. */
class ErfTest {
    private static void check(double x) {
        double exact = ExactErf.erf(x);
        assertThat(Math.abs(Erf.erf(x) - exact))
                .as("erf(%s) against %s", x, exact)
                .isLessThanOrEqualTo(1e-15 * Math.abs(exact));
        assertThat(Erf.erf(-x)).as("odd").isEqualTo(-Erf.erf(x));
    }

    @Test
    void agreesEverywhere() {
        for (double x = 0.01; x < 6.5; x += 0.0137) {
            check(x);
        }
    }

    @Test
    void agreesWhereTheExpansionsMeet() {
        for (double border : new double[] {2.5, 6}) {
            check(Math.nextDown(border));
            check(border);
            check(Math.nextUp(border));
        }
    }

    @Test
    void smallArgumentsKeepTheirRelativePrecision() {
        for (double x : new double[] {1e-300, 1e-20, 1e-10, 1e-5, 1e-3}) {
            check(x);
        }
    }

    @Test
    void knownValues() {
        assertThat(Erf.erf(0.5)).isCloseTo(0.5204998778130465, org.assertj.core.data.Offset.offset(1e-16));
        assertThat(Erf.erf(1)).isCloseTo(0.8427007929497149, org.assertj.core.data.Offset.offset(1e-16));
        assertThat(Erf.erf(2)).isCloseTo(0.9953222650189527, org.assertj.core.data.Offset.offset(2e-16));
        assertThat(Erf.erf(3)).isCloseTo(0.9999779095030014, org.assertj.core.data.Offset.offset(2e-16));
    }

    @Test
    void theEnds() {
        assertThat(Erf.erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(Erf.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
        assertThat(Erf.erf(Double.MAX_VALUE)).isEqualTo(1);
        assertThat(Erf.erf(Double.NaN)).isNaN();
        assertThat(1 / Erf.erf(-0.0)).as("the sign of zero stays").isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Erf.erf(Double.MIN_VALUE)).isPositive();
    }
}
