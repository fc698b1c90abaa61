// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/Cell.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One entry of a table: a text for people and, if it is a number, that number in full for programs.
 *
 * @param text as it is shown
 * @param number what it stands for, in the unit without a prefix: nanoseconds, bytes, FLOPs
 */
public record Cell(String text, OptionalDouble number) {
    /** A text. */
    public static Cell text(String text) {
        return new Cell(text, OptionalDouble.empty());
    }

    /** A whole number, shown with commas. */
    public static Cell number(long number) {
        return of(number, String.format(Locale.ROOT, "%,d", number));
    }

    /** A whole number that is shown as some text. */
    public static Cell of(long number, String text) {
        return of((double) number, text);
    }

    /** A number that is shown as some text. */
    public static Cell of(double number, String text) {
        return new Cell(text, OptionalDouble.of(number));
    }
}
