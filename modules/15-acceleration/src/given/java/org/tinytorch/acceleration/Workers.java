// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/Workers.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * A fixed number of threads that share the parts of one computation; the thread that asks is one of them. There are as many as cores, or as the system property
 * {@code tinytorch.threads} says.
 *
 * <p>A helper that has run out of work looks for more for some microseconds before it goes to sleep, because the next operation of a training step follows at
 * once and waking a thread takes longer than many operations do. While the helpers are busy, whoever else asks (another thread, or a part that asks in turn) does
 * its work alone, so that there are never more threads at work than there should be.
 */
public final class Workers {
    /** No helpers: everything on the thread that asks. */
    public static final Workers NONE = new Workers(1);

    private final Helper[] helpers;
    private final AtomicBoolean busy = new AtomicBoolean();

    /** @param threads how many work at once, the one that asks included */
    Workers(int threads) {
        helpers = new Helper[threads - 1];
    }

    /** Made at the first use, so that a backend that is only listed starts no thread. */
    private static final class Shared {
        private static final Workers WORKERS = new Workers(configured(
                System.getProperty("tinytorch.threads"), Runtime.getRuntime().availableProcessors()));
    }

    /** The workers of this process. */
    public static Workers shared() {
        return Shared.WORKERS;
    }

    /** @throws IllegalArgumentException if the property is not a whole number of at least 1 */
    static int configured(String property, int cores) {
        if (property == null) {
            return cores;
        }
        try {
            int threads = Integer.parseInt(property.strip());
            if (threads >= 1) {
                return threads;
            }
        } catch (NumberFormatException e) {
            // falls through to the message below, which says it all
        }
        throw new IllegalArgumentException("threads: -Dtinytorch.threads=" + property
                + " is not a whole number of at least 1; leave it out to use all " + cores + " cores");
    }

    /** How many can work at once. */
    public int threads() {
        return helpers.length + 1;
    }

    /**
     * Runs the parts {@code 0 … parts − 1}, and returns when all are done. What one throws is thrown here.
     *
     * <p>Part p is offered to thread {@code p mod threads}, the same one every time, whose caches may still hold what it read. What a helper has not begun when the
     * thread that asked has done its own share, that thread does as well: so a helper that wakes up late delays nothing.
     */
    public void run(int parts, IntConsumer part) {
        int running = Math.min(parts, threads());
        if (running <= 1 || !busy.compareAndSet(false, true)) {
            for (int p = 0; p < parts; p++) {
                part.accept(p);
            }
            return;
        }
        try {
            Share[] shares = new Share[running];
            for (int thread = 1; thread < running; thread++) {
                shares[thread] = new Share(part, thread, parts, running);
                helper(thread - 1).offer(shares[thread]);
            }
            shares[0] = new Share(part, 0, parts, running);
            for (Share share : shares) {
                share.runUnlessTaken();
            }
            for (Share share : shares) {
                share.await();
            }
            for (Share share : shares) {
                share.rethrow();
            }
        } finally {
            busy.set(false);
        }
    }

    /** A part of {@code 0 … count − 1}. */
    public interface Range {
        /** Does the items from the first number up to the second, which is not among them. */
        void run(int from, int to);
    }

    /** Cuts {@code 0 … count − 1} into parts of about the same size, at most {@code most} and one for each thread, at least one. */
    public void share(int count, int most, Range range) {
        int parts = Math.max(1, Math.min(Math.min(threads(), most), count));
        run(parts, part -> {
            Portion portion = Portion.of(count, part, parts);
            range.run(portion.from(), portion.to());
        });
    }

    private Helper helper(int number) {
        if (helpers[number] == null) {
            helpers[number] = new Helper();
            helpers[number].start();
        }
        return helpers[number];
    }

    /** What one thread does of a computation: every {@code stride}-th part. */
    private static final class Share {
        private final IntConsumer part;
        private final int first;
        private final int parts;
        private final int stride;
        private final AtomicBoolean taken = new AtomicBoolean();
        private Throwable failure;
        private volatile boolean done;

        private Share(IntConsumer part, int first, int parts, int stride) {
            this.part = part;
            this.first = first;
            this.parts = parts;
            this.stride = stride;
        }

        private void runUnlessTaken() {
            if (!taken.compareAndSet(false, true)) {
                return;
            }
            try {
                for (int p = first; p < parts; p += stride) {
                    part.accept(p);
                }
            } catch (Throwable thrown) { // whatever it is, the thread that asked must learn of it
                failure = thrown;
            }
            done = true;
        }

        /** Spins, since all shares end at about the same time, but lets others run if there are fewer cores than threads. */
        private void await() {
            for (int spins = 0; !done; spins++) {
                if (spins < 1000) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
        }

        private void rethrow() {
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            if (failure instanceof Error error) {
                throw error;
            }
        }
    }

    /** A thread that waits for shares. */
    private static final class Helper extends Thread {
        /** How long it looks for the next one before it sleeps. */
        private static final long PATIENCE_NANOS = 2_000_000;

        private final AtomicReference<Share> offered = new AtomicReference<>();
        private volatile boolean asleep;

        private Helper() {
            super("tinytorch-worker");
            setDaemon(true);
        }

        private void offer(Share share) {
            offered.set(share);
            if (asleep) {
                LockSupport.unpark(this);
            }
        }

        @Override
        public void run() {
            while (true) {
                awaitOffer();
                Share share = offered.getAndSet(null);
                if (share != null) {
                    share.runUnlessTaken();
                }
            }
        }

        private void awaitOffer() {
            long end = System.nanoTime() + PATIENCE_NANOS;
            while (System.nanoTime() < end) {
                for (int spins = 0; spins < 100; spins++) {
                    if (offered.get() != null) {
                        return;
                    }
                    Thread.onSpinWait();
                }
            }
            sleep();
        }

        /** First says that it sleeps and then looks once more, so that an offer that comes in between is seen by one side or the other. */
        private void sleep() {
            asleep = true;
            while (offered.get() == null) {
                Thread.interrupted(); // or park would not wait; nobody has a reason to interrupt a helper
                LockSupport.park(this);
            }
            asleep = false;
        }
    }
}
