// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/Workers.java. Read it, don't edit it.
package org.tinytorch.data;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that make an epoch's batches. They cannot leak: a thread that has had nothing to do for a moment ends by itself, so that an epoch that is
 * abandoned without being closed costs no more than the batches that were begun.
 */
final class Workers {
    static final String THREAD_NAME = "tinytorch-loader-";

    private static final long IDLE_MILLIS = 500;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Executor executor;
    private final Runnable end;

    private Workers(Executor executor, Runnable end) {
        this.executor = executor;
        this.end = end;
    }

    /** So many threads, or, if 0, the thread that calls. */
    static Workers of(int count) {
        if (count == 0) {
            return new Workers(Runnable::run, () -> {});
        }
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                count, count, IDLE_MILLIS, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), Workers::daemon);
        pool.allowCoreThreadTimeOut(true);
        return new Workers(pool, pool::shutdown);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, THREAD_NAME + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    void begin(Runnable task) {
        executor.execute(task);
    }

    /** No more tasks will come: threads end when those begun are done. They are not interrupted, since that would close files under the data set. */
    void noMore() {
        end.run();
    }
}
