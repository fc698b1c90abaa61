package org.tinytorch.serving;

import java.time.Duration;

/** Checks of options. */
final class Ranges {
    private Ranges() {}

    /** @throws IllegalArgumentException if the value is less */
    static void atLeast(String what, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(what + " is " + value + "; use " + least + " or more");
        }
    }

    /** @throws IllegalArgumentException if the time is 0 or less */
    static void positive(String what, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(what + " is " + time.toMillis() + " ms; use 1 or more");
        }
    }

    /** @throws IllegalArgumentException if the time is less than 0 */
    static void notNegative(String what, Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(what + " is " + time.toMillis() + " ms; use 0 or more");
        }
    }
}
