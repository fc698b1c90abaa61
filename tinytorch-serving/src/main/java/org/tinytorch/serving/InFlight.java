package org.tinytorch.serving;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jetty.io.EndPoint;

/** The connections on which a request is being answered, one on each, so that the server can wait for their end. */
final class InFlight {
    private final Set<EndPoint> answering = new HashSet<>();

    synchronized void begin(EndPoint connection) {
        answering.add(connection);
    }

    synchronized void end(EndPoint connection) {
        answering.remove(connection);
        notifyAll();
    }

    synchronized boolean on(EndPoint connection) {
        return answering.contains(connection);
    }

    /** Waits until there are none, or the time is up. */
    synchronized void awaitNone(Duration most) {
        long end = System.nanoTime() + most.toNanos();
        try {
            for (long left = most.toNanos(); !answering.isEmpty() && left > 0; left = end - System.nanoTime()) {
                wait(left / 1_000_000 + 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever is in a hurry need not wait
        }
    }
}
