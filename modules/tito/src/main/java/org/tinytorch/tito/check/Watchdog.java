package org.tinytorch.tito.check;

import java.time.Duration;
import java.util.Optional;

/**
 * Ends a worker whose check takes too long, and names the line it was caught at; names the line, too, if the code under check asks the JVM to
 * exit.
 */
final class Watchdog {

    private static final long PERIOD_MILLIS = 100;

    private final Outbox outbox;
    private volatile Thread runner = Thread.currentThread();
    private volatile Duration limit = Duration.ZERO;
    private volatile Optional<String> check = Optional.empty();
    private volatile long startedAt;

    Watchdog(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Starts watching, from a daemon thread and from a shutdown hook. */
    void start() {
        Thread thread = new Thread(this::patrol, "watchdog");
        thread.setDaemon(true);
        thread.start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::exiting, "exit-witness"));
    }

    void watch(Thread checks, Duration perCheck) {
        runner = checks;
        limit = perCheck;
    }

    void started(String id) {
        startedAt = System.nanoTime();
        check = Optional.of(id);
    }

    void finished() {
        check = Optional.empty();
    }

    private void patrol() {
        while (true) {
            Optional<String> running = check;
            if (running.isPresent() && System.nanoTime() - startedAt > limit.toNanos()) {
                outbox.send(new Message(Message.Kind.TIMEOUT, running.get(), Failures.where(runner.getStackTrace())));
                Runtime.getRuntime().halt(1);
            }
            try {
                Thread.sleep(PERIOD_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void exiting() {
        check.ifPresent(id -> outbox.send(new Message(Message.Kind.EXIT, id, Failures.where(runner.getStackTrace()))));
    }
}
