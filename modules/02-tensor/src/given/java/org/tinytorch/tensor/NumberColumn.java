// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/NumberColumn.java. Read it, don't edit it.
package org.tinytorch.tensor;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Prints the numbers of one tensor at the same width with their points below each other, by NumPy's rules: at most 8 digits after the point; an
 * exponent for all if one is 1e8 or more, below 1e-4, or more than 1000 times another.
 */
final class NumberColumn {
    private static final int PRECISION = 8;

    private final boolean scientific;
    private final int fractionDigits;
    private final int exponentDigits;
    private final int width;

    /** Fits the column to the numbers that will be shown. */
    NumberColumn(double[] shown) {
        double[] finite = Arrays.stream(shown).filter(Double::isFinite).toArray();
        this.scientific = needsExponent(finite);
        this.fractionDigits =
                Arrays.stream(finite).mapToInt(this::fractionDigitsOf).max().orElse(0);
        this.exponentDigits = scientific
                ? Arrays.stream(finite)
                        .mapToInt(NumberColumn::exponentDigitsOf)
                        .max()
                        .orElse(2)
                : 0;
        this.width = Arrays.stream(shown)
                .mapToInt(value -> unpadded(value).length())
                .max()
                .orElse(0);
    }

    private static boolean needsExponent(double[] finite) {
        double[] magnitudes =
                Arrays.stream(finite).filter(value -> value != 0).map(Math::abs).toArray();
        double largest = Arrays.stream(magnitudes).max().orElse(1);
        double smallest = Arrays.stream(magnitudes).min().orElse(1);
        return largest >= 1e8 || smallest < 1e-4 || largest / smallest > 1000;
    }

    private int fractionDigitsOf(double value) {
        return scientific
                ? Decimals.digits(Decimals.withDigits(value, PRECISION + 1)).length() - 1
                : Decimals.fraction(Decimals.withFraction(value, PRECISION)).length();
    }

    private static int exponentDigitsOf(double value) {
        return Decimals.signed(Decimals.exponent(Decimals.withDigits(value, PRECISION + 1)), 2)
                        .length()
                - 1;
    }

    /** One number, filled up with spaces to the width of the column. */
    String format(double value) {
        String text = unpadded(value);
        return " ".repeat(width - text.length()) + text;
    }

    private String unpadded(double value) {
        if (!Double.isFinite(value)) {
            return Decimals.alone(value);
        }
        String sign = Math.copySign(1, value) < 0 ? "-" : "";
        return sign + (scientific ? withExponent(value) : withPoint(value));
    }

    private String withPoint(double value) {
        BigDecimal decimal = Decimals.withFraction(value, PRECISION);
        String fraction = Decimals.fraction(decimal);
        return Decimals.whole(decimal) + "." + fraction + " ".repeat(fractionDigits - fraction.length());
    }

    private String withExponent(double value) {
        BigDecimal decimal = Decimals.withDigits(value, PRECISION + 1);
        String digits = Decimals.digits(decimal);
        String zeros = "0".repeat(fractionDigits + 1 - digits.length());
        return digits.charAt(0) + "." + digits.substring(1) + zeros + "e"
                + Decimals.signed(Decimals.exponent(decimal), exponentDigits);
    }
}
