// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/Float16.java. Read it, don't edit it.
package org.tinytorch.precision;

import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.DataType;

/**
 * IEEE 754 half precision: 1 sign bit, 5 bits of exponent and 10 of fraction, some three decimal digits; the largest is 65504, the smallest above 0 is 2⁻²⁴ ≈ 6e-8. Like
 * {@code torch.float16}.
 */
public final class Float16 {
    private static final int FRACTION_BITS = 10;
    private static final int LEAST_EXPONENT = -14;
    private static final int GREATEST_EXPONENT = 15;
    private static final int SIGN = 0x8000;
    private static final int INFINITY = 0x7c00;
    private static final int NAN = 0x7e00;

    private Float16() {}

    /**
     * The bits of the nearest number; halves go to the even one, what rounds to 65520 or more becomes infinite.
     *
     * <p>With the exponent e of x, but at least −14, the bits below the sign are {@code (e + 14) · 2¹⁰ + round(|x| · 2^(10 − e))}. The rounded significand has 11 bits, of which the first is a 1 unless x
     * is subnormal: added to the exponent it gives the bias of 15. If rounding makes it 2¹¹, the exponent becomes one larger, as it should, and after the largest exponent comes infinity.
     *
     * <p>For 1.5: e = 0, and {@code 14 · 1024 + 1536 = 15872}, which is {@code 3e00}.
     */
    public static short toBits(double x) {
        if (Double.isNaN(x)) {
            return (short) NAN;
        }
        int exponent = Math.max(Math.getExponent(x), LEAST_EXPONENT);
        int magnitude = exponent > GREATEST_EXPONENT ? INFINITY : magnitude(Math.abs(x), exponent);
        boolean negative = Math.copySign(1, x) < 0; // also for −0
        return (short) (negative ? SIGN | magnitude : magnitude);
    }

    private static int magnitude(double x, int exponent) {
        int significand = (int) Math.rint(Math.scalb(x, FRACTION_BITS - exponent));
        return (exponent - LEAST_EXPONENT << FRACTION_BITS) + significand;
    }

    /** The number that bits stand for, exactly. */
    public static double fromBits(short bits) {
        return DataType.half(bits);
    }

    /** The nearest number that 16 bits hold. */
    public static double round(double x) {
        return fromBits(toBits(x));
    }

    /** Each number rounded; a new tensor without history. */
    public static Tensor round(Tensor x) {
        return Precision.FLOAT16.round(x);
    }
}
