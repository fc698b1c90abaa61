// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/download/Patience.java. Read it, don't edit it.
package org.tinytorch.data.download;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a download waits, and how often it tries.
 *
 * @param connect the longest wait for a connection
 * @param stall the longest wait for an answer, or for more bytes of one
 * @param attempts how many connections may be made for one file, 1 or more
 * @param pause the wait before the second attempt; it doubles with each further one, up to 16 times as long
 */
public record Patience(Duration connect, Duration stall, int attempts, Duration pause) {
    private static final int MOST_DOUBLINGS = 4;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a wait is not positive, the pause negative, or no attempt allowed
     */
    public Patience {
        requirePositive("connect", connect);
        requirePositive("stall", stall);
        Objects.requireNonNull(pause, "pause");
        if (pause.isNegative()) {
            throw new IllegalArgumentException("patience: pause is " + pause + "; must be zero or more");
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("patience: attempts is " + attempts + "; must be 1 or more");
        }
    }

    private static void requirePositive(String what, Duration wait) {
        if (wait.isNegative() || wait.isZero()) {
            throw new IllegalArgumentException("patience: " + what + " is " + wait + "; must be positive");
        }
    }

    /** 20 seconds for a connection, 30 without a byte, 8 attempts with pauses of 1 to 16 seconds. */
    public static Patience standard() {
        return new Patience(Duration.ofSeconds(20), Duration.ofSeconds(30), 8, Duration.ofSeconds(1));
    }

    /** The pause after a failed attempt, the first being number 1. */
    Duration pauseAfter(int attempt) {
        return pause.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS));
    }
}
