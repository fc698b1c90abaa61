package org.tinytorch.milestones.load;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/** One of those who ask: a thread with a connection of its own, that takes requests when they are due until there are no more. */
final class LoadClient implements Runnable {
    static final String TIMED_OUT = "timed out";
    static final String BROKEN = "connection broken";
    static final String NOT_SENT = "not sent";

    /** After a failure, so that a server that is not there is not asked a million times. */
    private static final long PAUSE_NANOS = 20_000_000;

    private final Endpoint server;
    private final byte[] request;
    private final Arrivals arrivals;
    private final Duration timeout;
    private final Tally tally;

    LoadClient(Endpoint server, byte[] request, Arrivals arrivals, Duration timeout, Tally tally) {
        this.server = server;
        this.request = request;
        this.arrivals = arrivals;
        this.timeout = timeout;
        this.tally = tally;
    }

    @Override
    public void run() {
        Optional<HttpConnection> connection = Optional.empty();
        while (true) {
            OptionalLong due = arrivals.take(System.nanoTime());
            if (due.isEmpty()) {
                break;
            }
            connection = ask(connection, due.getAsLong());
        }
        connection.ifPresent(LoadClient::close);
    }

    /** Makes one request, and returns the connection for the next one, if it is still of use. */
    private Optional<HttpConnection> ask(Optional<HttpConnection> kept, long due) {
        if (System.nanoTime() - arrivals.end() > timeout.toNanos()) {
            // The server has been too slow for the rate; what is still due would take as long again.
            tally.failed(NOT_SENT, System.nanoTime() - due);
            return kept;
        }
        waitUntil(due);
        Optional<HttpConnection> connection = kept;
        try {
            if (connection.isEmpty()) {
                connection = Optional.of(new HttpConnection(server, timeout));
            }
            HttpAnswer answer = connection.get().exchange(request);
            tally.answered(answer.status(), System.nanoTime() - due);
            if (answer.keptAlive()) {
                return connection;
            }
            connection.ifPresent(LoadClient::close);
        } catch (IOException e) {
            tally.failed(e instanceof SocketTimeoutException ? TIMED_OUT : BROKEN, System.nanoTime() - due);
            connection.ifPresent(LoadClient::close);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return Optional.empty();
    }

    private static void waitUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void close(HttpConnection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // it is of no use any more in any case
        }
    }
}
