// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Decimals.java. Read it, don't edit it.
package org.tinytorch.tensor;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.BiFunction;

/**
 * Finite numbers as decimals with no more digits than needed: the fewest that read back as the same number, or as many as allowed.
 *
 * <p>{@code Double.toString} does not promise the fewest digits before JDK 19 (JDK-4511638), and has no limit; hence the search here. Signs are
 * dropped: whoever prints a decimal puts the sign in front, as −0 has one too.
 */
final class Decimals {
    /** 17 significant digits tell any two doubles apart. */
    private static final int ALWAYS_ENOUGH = 17;

    private Decimals() {}

    /** The magnitude of a number with the fewest digits after the point, at most {@code limit}; the last one is rounded half to even. */
    static BigDecimal withFraction(double value, int limit) {
        BigDecimal exact = new BigDecimal(Math.abs(value));
        return fewest(value, 0, limit, (digits, rounding) -> exact.setScale(digits, rounding));
    }

    /** The magnitude of a number with the fewest significant digits, at most {@code limit}; the last one is rounded half to even. */
    static BigDecimal withDigits(double value, int limit) {
        BigDecimal exact = new BigDecimal(Math.abs(value));
        return fewest(value, 1, limit, (digits, rounding) -> exact.round(new MathContext(digits, rounding)));
    }

    private static BigDecimal fewest(
            double value, int from, int limit, BiFunction<Integer, RoundingMode, BigDecimal> rounded) {
        BigDecimal longest = rounded.apply(limit, RoundingMode.HALF_EVEN);
        if (!readsBackAs(value, longest)) {
            return withoutTrailingZeros(longest); // the usual case, decided at once
        }
        for (int digits = from; digits < limit; digits++) {
            BigDecimal nearest = rounded.apply(digits, RoundingMode.HALF_EVEN);
            if (readsBackAs(value, nearest)) {
                return nearest;
            }
            BigDecimal above = rounded.apply(digits, RoundingMode.CEILING);
            if (readsBackAs(value, above)) {
                return above; // at a power of two the gap above is twice the gap below, so that a decimal farther off
                // can read back
            }
        }
        return longest;
    }

    private static BigDecimal withoutTrailingZeros(BigDecimal decimal) {
        return decimal.signum() == 0 ? BigDecimal.ZERO : decimal.stripTrailingZeros();
    }

    private static boolean readsBackAs(double value, BigDecimal decimal) {
        return decimal.doubleValue() == Math.abs(value);
    }

    /** The digits before the point: {@code 3.25} gives {@code 3}. */
    static String whole(BigDecimal decimal) {
        String text = decimal.toPlainString();
        int point = text.indexOf('.');
        return point < 0 ? text : text.substring(0, point);
    }

    /** The digits after the point, perhaps none: {@code 3.25} gives {@code 25}. */
    static String fraction(BigDecimal decimal) {
        String text = decimal.toPlainString();
        int point = text.indexOf('.');
        return point < 0 ? "" : text.substring(point + 1);
    }

    /** All significant digits: {@code 3.25e7} gives {@code 325}. */
    static String digits(BigDecimal decimal) {
        return decimal.unscaledValue().toString();
    }

    /** The power of ten of the first digit: {@code 3.25e7} gives 7. */
    static int exponent(BigDecimal decimal) {
        return decimal.precision() - decimal.scale() - 1;
    }

    /** A sign and at least two digits, more if asked: {@code +07}, {@code -308}. */
    static String signed(int exponent, int digits) {
        String magnitude = Integer.toString(Math.abs(exponent));
        return (exponent < 0 ? "-" : "+")
                + "0".repeat(Math.max(0, Math.max(2, digits) - magnitude.length()))
                + magnitude;
    }

    /**
     * One number on its own, as Python prints it: all digits needed, {@code 3.0} for whole numbers, an exponent from 1e16 on and below 1e-4.
     */
    static String alone(double value) {
        String sign = Math.copySign(1, value) < 0 ? "-" : "";
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return sign + "inf";
        }
        BigDecimal decimal = withDigits(value, ALWAYS_ENOUGH);
        int exponent = exponent(decimal);
        if (value != 0 && (exponent < -4 || exponent >= 16)) {
            String digits = digits(decimal);
            String rest = digits.length() == 1 ? "" : "." + digits.substring(1);
            return sign + digits.charAt(0) + rest + "e" + signed(exponent, 2);
        }
        String fraction = fraction(decimal);
        return sign + whole(decimal) + "." + (fraction.isEmpty() ? "0" : fraction);
    }
}
