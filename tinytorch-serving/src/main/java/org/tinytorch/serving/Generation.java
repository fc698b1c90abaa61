package org.tinytorch.serving;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A text being written: draws a token, sends it, and queues up again when it has been sent. So texts take turns, a client that does not read holds up nobody else, and one that has gone is noticed at the next token.
 */
final class Generation {
    private static final Logger LOG = LoggerFactory.getLogger(Generation.class);

    private final TextWriter writer;
    private final boolean attention;
    private final TextOutput output;
    private final Executor executor;
    private final Runnable drawn;
    private final Consumer<Generation> over;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final long start = System.nanoTime();
    private volatile Optional<HttpProblem> cut = Optional.empty();

    /**
     * Ready to {@link #start}.
     *
     * @param attention whether the client wants to know the prompt's tokens, and what was looked at
     * @param executor of the threads that write
     * @param drawn is run for each token
     * @param over is told once, at the end
     */
    Generation(
            TextWriter writer,
            boolean attention,
            TextOutput output,
            Executor executor,
            Runnable drawn,
            Consumer<Generation> over) {
        this.writer = writer;
        this.attention = attention;
        this.output = output;
        this.executor = executor;
        this.drawn = drawn;
        this.over = over;
    }

    void start() {
        queueUp(attention ? () -> output.prompt(writer.tokens(), onceSent()) : this::next);
    }

    /** Ends it with an error before its next token. */
    void cut(HttpProblem why) {
        cut = Optional.of(why);
    }

    private void queueUp(Runnable step) {
        try {
            executor.execute(() -> run(step));
        } catch (RejectedExecutionException e) {
            fail(HttpProblem.stopping());
        }
    }

    private void run(Runnable step) {
        try {
            if (cut.isPresent()) {
                fail(cut.get());
            } else {
                step.run();
            }
        } catch (Throwable failure) { // even out of memory: the thread must live on for other texts
            LOG.warn("A generation failed", failure);
            fail(HttpProblem.modelFailed());
        }
    }

    private void next() {
        WrittenToken token = writer.next();
        drawn.run();
        if (writer.ended()) {
            end(); // first, so that who reads the end can begin another text at once
            output.end(token, new WrittenText(writer.text(), (System.nanoTime() - start) / 1e9));
        } else {
            output.token(token, onceSent());
        }
    }

    private Callback onceSent() {
        return Callback.from(() -> queueUp(this::next), this::clientGone);
    }

    private void clientGone(Throwable why) {
        LOG.debug("The client of a generation is gone", why);
        end();
        output.abandon(why);
    }

    private void end() {
        if (ended.compareAndSet(false, true)) {
            over.accept(this);
        }
    }

    private void fail(HttpProblem problem) {
        end();
        output.fail(problem);
    }
}
