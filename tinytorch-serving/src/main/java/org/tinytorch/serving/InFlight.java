package org.tinytorch.serving;

import java.time.Duration;

/** Counts the requests that are being answered, so that the server can wait for their end. */
final class InFlight {
    private int count;

    synchronized void begin() {
        count++;
    }

    synchronized void end() {
        count--;
        notifyAll();
    }

    /** Waits until there are none, or the time is up. */
    synchronized void awaitNone(Duration most) {
        long end = System.nanoTime() + most.toNanos();
        try {
            for (long left = most.toNanos(); count > 0 && left > 0; left = end - System.nanoTime()) {
                wait(left / 1_000_000 + 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever is in a hurry need not wait
        }
    }
}
