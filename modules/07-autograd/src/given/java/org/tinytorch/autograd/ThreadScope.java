// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/autograd/ThreadScope.java. Read it, don't edit it.
package org.tinytorch.autograd;

/** One visit to a scope that belongs to the thread that enters it and is not inherited by others. Visits may be nested. */
final class ThreadScope {
    private final String name;
    private final ThreadLocal<Integer> open;
    private final Thread owner = Thread.currentThread();
    private boolean closed;

    /** @param open how many visits of each thread are not over yet */
    private ThreadScope(String name, ThreadLocal<Integer> open) {
        this.name = name;
        this.open = open;
    }

    /** Enters. */
    static ThreadScope enter(String name, ThreadLocal<Integer> open) {
        open.set(open.get() + 1);
        return new ThreadScope(name, open);
    }

    /**
     * Leaves. Doing it twice does no harm.
     *
     * @throws IllegalStateException if another thread entered
     */
    void close() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException(name + ": a scope of thread " + owner.getName() + " cannot be closed by "
                    + Thread.currentThread().getName() + "; close it where it was opened");
        }
        if (!closed) {
            closed = true;
            open.set(open.get() - 1);
        }
    }
}
