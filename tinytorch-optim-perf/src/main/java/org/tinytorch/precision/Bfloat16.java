package org.tinytorch.precision;

import org.tinytorch.tensor.Tensor;

/**
 * Numbers in 16 bits with the range of a float and 8 significant bits, some two and a half decimal digits: the upper half of a {@code float}, 1 sign bit, 8 bits of exponent and 7 of
 * fraction. Like {@code torch.bfloat16}.
 */
public final class Bfloat16 {
    private static final int FRACTION_BITS = 7;

    private Bfloat16() {}

    /**
     * The bits of the nearest number; halves go to the even one, what is beyond the largest becomes infinite.
     *
     * <p>Neighbours of x are {@code step = 2^(e − 7)} apart, with the exponent e of x but at least −126: so the nearest is {@code round(x / step) · step}. Near 1 the step is
     * 2⁻⁷: 1.004 is 128.512 steps, rounded 129 steps, which is 1.0078125, with the bits {@code 3f81}. The result has 8 significant bits and a float holds it as it is.
     */
    public static short toBits(double x) {
        // region Task 17.1: round to sixteen bits
        int exponent = Math.max(Math.getExponent(x), Float.MIN_EXPONENT);
        double step = Math.scalb(1.0, exponent - FRACTION_BITS);
        float nearest = (float) (Math.rint(x / step) * step);
        return (short) (Float.floatToIntBits(nearest) >>> 16);
        // endregion
    }

    /** The number that bits stand for, exactly. */
    public static double fromBits(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** The nearest number that 16 bits hold. */
    public static double round(double x) {
        return fromBits(toBits(x));
    }

    /** The smallest number that 16 bits hold and that is not below a positive one; may be infinite. */
    static double roundUp(double x) {
        short bits = toBits(x);
        return fromBits(bits) < x ? fromBits((short) (bits + 1)) : fromBits(bits);
    }

    /** Each number rounded; a new tensor without history. */
    public static Tensor round(Tensor x) {
        return Precision.BFLOAT16.round(x);
    }
}
