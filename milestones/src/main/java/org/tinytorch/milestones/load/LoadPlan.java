package org.tinytorch.milestones.load;

import java.time.Duration;

/**
 * How often a server is asked, and how long.
 *
 * @param server where it listens
 * @param clients that ask at once, each on a connection of its own
 * @param rate requests per second, of all clients together; 0 for as many as there are answers
 * @param warmUp how long to ask before anything is counted; Java compiles what runs often only then
 * @param length how long to ask
 * @param timeout how long to wait for an answer
 */
public record LoadPlan(Endpoint server, int clients, double rate, Duration warmUp, Duration length, Duration timeout) {
    private static final int MOST_CLIENTS = 1024;

    /**
     * Checks that it can be done.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public LoadPlan {
        if (clients < 1 || clients > MOST_CLIENTS) {
            throw new IllegalArgumentException(
                    "--clients is " + clients + ", but must be 1 … " + MOST_CLIENTS + ": each is a thread");
        }
        if (!(rate >= 0) || rate > 1e6) {
            throw new IllegalArgumentException(
                    "--rate is " + rate + ", but must be 0 (as fast as it goes) or up to a million a second");
        }
        if (length.isZero() || length.isNegative() || warmUp.isNegative()) {
            throw new IllegalArgumentException("a load lasts at least a second, and a warm-up is not negative");
        }
        if (timeout.isZero() || timeout.isNegative() || timeout.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("--timeout must be at least a second, and at most an hour");
        }
    }

    /** Whether requests are due at fixed times, whatever the server does. */
    public boolean open() {
        return rate > 0;
    }
}
