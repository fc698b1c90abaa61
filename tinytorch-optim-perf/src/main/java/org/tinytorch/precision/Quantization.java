package org.tinytorch.precision;

/**
 * How real numbers become small integers and real numbers again (Jacob et al., 2018): {@code q = clamp(round(x / scale) + zeroPoint, least, greatest)} and back
 * {@code x ≈ (q − zeroPoint) · scale}. Halves are rounded to even.
 *
 * <p>With a scale of 0.5, a zero point of 3 and integers from −128 to 127, 1.6 becomes {@code round(3.2) + 3 = 6}, and 6 means {@code (6 − 3) · 0.5 = 1.5}. A number within
 * {@link #min()} … {@link #max()} comes back with an error of at most half the scale; one outside becomes the nearer end.
 *
 * @param scale the distance of two neighbours
 * @param zeroPoint the integer that means 0
 * @param least the smallest integer, at least −128
 * @param greatest the largest integer, at most 127
 */
public record Quantization(double scale, int zeroPoint, int least, int greatest) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the scale is not positive and finite, the integers do not fit into a byte, or the zero point is none of them
     */
    public Quantization {
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("quantization: a scale of " + scale
                    + " is not possible; it must be positive and finite, let a Quantizer choose it");
        }
        if (least < Byte.MIN_VALUE || greatest > Byte.MAX_VALUE || least >= greatest) {
            throw new IllegalArgumentException("quantization: the integers " + least + " … " + greatest
                    + " are not possible; use a range within " + Byte.MIN_VALUE + " … " + Byte.MAX_VALUE);
        }
        if (zeroPoint < least || zeroPoint > greatest) {
            throw new IllegalArgumentException("quantization: the zero point " + zeroPoint + " is outside " + least
                    + " … " + greatest + "; then 0 could not be represented");
        }
    }

    /**
     * The integer for a number: {@code clamp(round(x / scale) + zeroPoint, least, greatest)}.
     *
     * @throws IllegalArgumentException if the number is NaN
     */
    public int quantize(double x) {
        if (Double.isNaN(x)) {
            throw new IllegalArgumentException("quantization: NaN has no integer; look for where it comes from");
        }
        // region Task 17.2: a number becomes an integer
        double steps = Math.rint(x / scale);
        double q = steps + zeroPoint;
        return (int) Math.max(least, Math.min(greatest, q));
        // endregion
    }

    /** The number that an integer stands for: {@code (q − zeroPoint) · scale}. */
    public double dequantize(int q) {
        return (q - zeroPoint) * scale;
    }

    /** Whether a number keeps its place and is not moved to an end: whether it is at most half a scale outside {@link #min()} … {@link #max()}. */
    public boolean holds(double x) {
        return min() - scale / 2 <= x && x <= max() + scale / 2;
    }

    /** There and back: the nearest number that can be represented. */
    public double round(double x) {
        return dequantize(quantize(x));
    }

    /** The smallest number that can be represented. */
    public double min() {
        return dequantize(least);
    }

    /** The largest number that can be represented. */
    public double max() {
        return dequantize(greatest);
    }
}
