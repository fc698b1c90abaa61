package org.tinytorch.acceleration;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * A fixed number of threads that share the parts of one computation. The thread that asks works too.
 *
 * <p>As many as there are cores, or what the system property {@code tinytorch.threads} says.
 */
final class Workers {
    private static final Workers SHARED = new Workers(configured(
            System.getProperty("tinytorch.threads"), Runtime.getRuntime().availableProcessors()));

    private final int threads;
    private final ForkJoinPool pool;

    Workers(int threads) {
        this.threads = threads;
        this.pool = new ForkJoinPool(threads); // daemon threads, made when they are needed
    }

    /** The workers of this process. */
    static Workers shared() {
        return SHARED;
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
    int threads() {
        return threads;
    }

    /** Runs the parts {@code 0 … parts − 1}, and returns when all are done. What one throws is thrown here. */
    void run(int parts, IntConsumer part) {
        if (threads == 1 || parts == 1) {
            IntStream.range(0, parts).forEach(part);
            return;
        }
        ForkJoinTask<?>[] others = new ForkJoinTask<?>[parts - 1];
        for (int i = 1; i < parts; i++) {
            int number = i;
            others[i - 1] = pool.submit(() -> part.accept(number));
        }
        try {
            part.accept(0);
        } finally {
            for (ForkJoinTask<?> other : others) {
                other.quietlyJoin();
            }
        }
        for (ForkJoinTask<?> other : others) {
            other.join();
        }
    }
}
