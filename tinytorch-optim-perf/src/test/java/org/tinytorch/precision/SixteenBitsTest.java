package org.tinytorch.precision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Half precision and bfloat16, over all 65,536 patterns of bits. */
class SixteenBitsTest {
    /** A type with its conversions. */
    private enum Kind {
        HALF(Precision.FLOAT16, 0x7c00),
        BRAIN(Precision.BFLOAT16, 0x7f80);

        private final Precision precision;
        private final int infinity;

        Kind(Precision precision, int infinity) {
            this.precision = precision;
            this.infinity = infinity;
        }

        private short toBits(double x) {
            return this == HALF ? Float16.toBits(x) : Bfloat16.toBits(x);
        }

        private double fromBits(int bits) {
            return this == HALF ? Float16.fromBits((short) bits) : Bfloat16.fromBits((short) bits);
        }
    }

    private static void check(Kind kind, double x, int bits) {
        assertThat(kind.toBits(x)).as("%s: the bits of %s", kind, x).isEqualTo((short) bits);
        assertThat(kind.toBits(-x)).as("%s: the bits of %s", kind, -x).isEqualTo((short) (bits | 0x8000));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyPatternComesBackAsItself(Kind kind) {
        for (int bits = 0; bits < 1 << 16; bits++) {
            double x = kind.fromBits(bits);
            if (Double.isNaN(x)) {
                assertThat(kind.fromBits(kind.toBits(x))).as("NaN %04x", bits).isNaN();
            } else {
                assertThat(kind.toBits(x)).as("%04x, which is %s", bits, x).isEqualTo((short) bits);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aNumberBetweenTwoGoesToTheNearestAndTheMiddleToTheEvenOne(Kind kind) {
        for (int bits = 0; bits + 1 < kind.infinity; bits++) {
            double middle = (kind.fromBits(bits) + kind.fromBits(bits + 1)) / 2;
            check(kind, middle, bits + bits % 2);
            check(kind, Math.nextDown(middle), bits);
            check(kind, Math.nextUp(middle), bits + 1); // by way of a float, it would be the middle first
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void beyondTheLargestComesInfinity(Kind kind) {
        double largest = kind.precision.largest();
        double middle = largest * (1 + kind.precision.epsilon() / 2 / (2 - kind.precision.epsilon()));
        check(kind, largest, kind.infinity - 1);
        check(kind, Math.nextDown(middle), kind.infinity - 1);
        for (double x : new double[] {middle, 2 * largest, 1e39, Double.MAX_VALUE, Double.POSITIVE_INFINITY}) {
            check(kind, x, kind.infinity);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void zeroKeepsItsSignAndTinyNumbersBecomeZero(Kind kind) {
        check(kind, 0.0, 0);
        check(kind, Double.MIN_VALUE, 0);
        check(kind, kind.precision.smallest() / 2, 0);
        check(kind, Math.nextUp(kind.precision.smallest() / 2), 1);
    }

    @ParameterizedTest
    @CsvSource({"1, 3c00", "1.5, 3e00", "65504, 7bff", "6.103515625e-5, 0400", "5.960464477539063e-8, 0001"})
    void wellKnownHalves(double x, String bits) {
        check(Kind.HALF, x, Integer.parseInt(bits, 16));
    }

    @ParameterizedTest
    @CsvSource({"1, 3f80", "1.004, 3f81", "3.140625, 4049", "256, 4380", "257, 4380", "259, 4382"})
    void wellKnownBfloats(double x, String bits) {
        check(Kind.BRAIN, x, Integer.parseInt(bits, 16));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyPatternMeansWhatItsPartsSay(Kind kind) {
        for (int bits = 0; bits < kind.infinity; bits++) {
            double epsilon = kind.precision.epsilon();
            int exponent = (int) (bits * epsilon);
            double fraction = bits * epsilon - exponent;
            double expected = exponent == 0
                    ? fraction * kind.precision.smallestNormal()
                    : (1 + fraction) * Math.scalb(kind.precision.smallestNormal(), exponent - 1);
            assertThat(kind.fromBits(bits)).as("%04x", bits).isEqualTo(expected);
            assertThat(kind.fromBits(bits | 0x8000)).as("%04x", bits | 0x8000).isEqualTo(-expected);
        }
        assertThat(kind.fromBits(kind.infinity)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(kind.fromBits(kind.infinity | 0x8000)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(kind.fromBits(kind.infinity + 1)).isNaN();
    }
}
