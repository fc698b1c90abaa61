// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/download/TimedBody.java. Read it, don't edit it.
package org.tinytorch.data.download;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer, as its pieces arrive; a wait for the next one ends when it takes too long. The client's own streams would wait for ever on a
 * connection that has gone silent, and its request timeout ends at the headers.
 */
final class TimedBody implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
    /** What the publisher said: a piece, a failure, or neither at the end. */
    private record Signal(List<ByteBuffer> piece, Optional<Throwable> failure) {}

    private static final Signal END = new Signal(List.of(), Optional.empty());

    private final Duration stall;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>(); // one piece at a time is asked for
    private Optional<Flow.Subscription> subscription = Optional.empty();
    private boolean closed;

    TimedBody(Duration stall) {
        this.stall = stall;
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription given) {
        subscription = Optional.of(given);
        if (closed) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> piece) {
        signals.add(new Signal(piece, Optional.empty()));
    }

    @Override
    public void onError(Throwable failure) {
        signals.add(new Signal(List.of(), Optional.of(failure)));
    }

    @Override
    public void onComplete() {
        signals.add(END);
    }

    /**
     * Waits for the next piece.
     *
     * @return nothing at the end of the body
     * @throws IOException if the connection failed, or nothing came for too long
     */
    Optional<List<ByteBuffer>> next() throws IOException, InterruptedException {
        Signal signal = signals.poll(stall.toMillis(), TimeUnit.MILLISECONDS);
        if (signal == null) {
            throw new HttpTimeoutException("the connection stalled: nothing came for " + seconds(stall));
        }
        if (signal.failure().isPresent()) {
            throw new IOException(
                    "the connection broke: " + signal.failure().get().getMessage(),
                    signal.failure().get());
        }
        if (signal.equals(END)) {
            return Optional.empty();
        }
        askForMore();
        return Optional.of(signal.piece());
    }

    private synchronized void askForMore() {
        subscription.ifPresent(given -> given.request(1));
    }

    /** Gives the connection up, if the body has not ended. */
    @Override
    public synchronized void close() {
        closed = true;
        subscription.ifPresent(Flow.Subscription::cancel);
    }

    static String seconds(Duration wait) {
        return wait.toMillis() / 1000.0 + " s";
    }
}
