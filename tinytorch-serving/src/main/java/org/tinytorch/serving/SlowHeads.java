package org.tinytorch.serving;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which the head of a request takes too long. The HTTP library bounds only the silence between two bytes: a client that sends one now and then would stay for hours, and enough of them would take
 * all connections.
 *
 * <p>It looks around now and then, so that a head can take a quarter longer than it may.
 */
final class SlowHeads extends AbstractLifeCycle implements Runnable {
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    /** How a connection stood when it was last without a part of a head: how many requests it had had, how many bytes, and when. */
    private record Between(long requests, long bytes, long time) {}

    private final ServerConnector connector;
    private final Predicate<EndPoint> answering;
    private final Duration most;
    private final long pauseMillis;
    private Map<EndPoint, Between> seen = new HashMap<>();
    private volatile Scheduler.Task next;

    /**
     * Watches a connector.
     *
     * @param answering whether there is a request on a connection whose head is complete
     * @param most how long a head may take
     */
    SlowHeads(ServerConnector connector, Predicate<EndPoint> answering, Duration most) {
        this.connector = connector;
        this.answering = answering;
        this.most = most;
        this.pauseMillis = Math.max(1, Math.min(LONGEST_PAUSE_MILLIS, most.toMillis() / 4));
    }

    @Override
    protected void doStart() {
        plan();
    }

    @Override
    protected void doStop() {
        next.cancel();
    }

    private void plan() {
        next = connector.getScheduler().schedule(this, pauseMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        try {
            lookAround();
        } finally {
            if (isRunning()) {
                plan();
            }
        }
    }

    private void lookAround() {
        Map<EndPoint, Between> now = new HashMap<>();
        for (EndPoint endPoint : connector.getConnectedEndPoints()) {
            if (!answering.test(endPoint)) {
                look(endPoint, now);
            }
        }
        seen = now; // of those that are still connected
    }

    private void look(EndPoint endPoint, Map<EndPoint, Between> now) {
        Connection connection = endPoint.getConnection();
        long requests = connection.getMessagesIn();
        long bytes = connection.getBytesIn();
        long time = System.nanoTime();
        Between before = seen.get(endPoint);
        if (before == null || before.requests != requests) {
            now.put(endPoint, new Between(requests, requests == 0 ? 0 : bytes, time));
        } else if (before.bytes == bytes) {
            now.put(endPoint, new Between(requests, bytes, time));
        } else if (time - before.time < most.toNanos()) {
            now.put(endPoint, before);
        } else {
            endPoint.close(new TimeoutException("the head of the request did not arrive in time"));
        }
    }
}
