package org.tinytorch.serving;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** How many texts are written: so many at once, so many wait for their turn, and no more. Each text's next token is a task for a few threads, first come, first served. */
final class Generations implements AutoCloseable {
    private static final long END_MILLIS = 5_000;

    private final GenerationLimits limits;
    private final long answerNanos;
    private final Runnable drawn;
    private final ExecutorService executor;
    private final Deque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private final Set<Generation> running = new HashSet<>();
    private int admitted;
    private boolean closed;

    /** @param drawn is run for each token */
    Generations(GenerationLimits limits, RequestLimits requests, Runnable drawn) {
        this.limits = limits;
        this.answerNanos = requests.answer().toNanos();
        this.drawn = drawn;
        this.executor = Executors.newFixedThreadPool(Math.min(limits.threads(), limits.atOnce()), task -> {
            Thread thread = new Thread(task, "tinytorch-writer");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * A turn, in a while. Who has got it must {@link #start} a text. The future fails with a {@code TimeoutException} if it takes too long.
     *
     * @throws HttpProblem with status 429 if the queue is full, 503 if this is closed
     */
    CompletableFuture<Void> turn() {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        synchronized (this) {
            if (closed) {
                throw HttpProblem.stopping();
            }
            if (admitted < limits.atOnce()) {
                admitted++;
                return CompletableFuture.completedFuture(null);
            }
            if (waiting.size() >= limits.queue()) {
                throw HttpProblem.tooMany(limits.atOnce() + " texts are being written and " + limits.queue()
                        + " wait already; try again in a second");
            }
            waiting.add(turn);
        }
        return turn.orTimeout(answerNanos, TimeUnit.NANOSECONDS)
                .whenComplete((ignored, failure) -> forgetThoseOutOfTime());
    }

    private synchronized void forgetThoseOutOfTime() {
        waiting.removeIf(CompletableFuture::isDone);
    }

    /** Writes a text; only with a {@link #turn}. */
    void start(TextWriter writer, boolean attention, TextOutput output) {
        Generation generation = new Generation(writer, attention, output, executor, drawn, this::end);
        synchronized (this) {
            running.add(generation);
            if (closed) {
                generation.cut(HttpProblem.stopping());
            }
        }
        generation.start();
    }

    private void end(Generation generation) {
        while (true) {
            CompletableFuture<Void> next;
            synchronized (this) {
                running.remove(generation);
                next = waiting.poll();
                if (next == null) {
                    admitted--;
                    return;
                }
            }
            if (next.complete(null)) { // false if it has just run out of time
                return;
            }
        }
    }

    /** How many texts are being written. */
    synchronized int running() {
        return admitted;
    }

    /** How many requests wait for their turn. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** Refuses what waits, and ends every text before its next token. */
    @Override
    public void close() {
        List<CompletableFuture<Void>> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(waiting);
            waiting.clear();
            running.forEach(generation -> generation.cut(HttpProblem.stopping()));
        }
        left.forEach(turn -> turn.completeExceptionally(HttpProblem.stopping()));
        executor.shutdown();
        try {
            executor.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
