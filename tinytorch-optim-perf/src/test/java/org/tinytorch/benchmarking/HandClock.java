package org.tinytorch.benchmarking;

import java.util.function.LongSupplier;

/** A clock that stands still until a test turns it. */
final class HandClock implements LongSupplier {
    private long now;

    void advance(long nanos) {
        now += nanos;
    }

    /** Work that takes so long. */
    Runnable work(long nanos) {
        return () -> advance(nanos);
    }

    /** Work that takes one time after the other, and then the last again and again. */
    Runnable work(long... nanos) {
        int[] run = {0};
        return () -> advance(nanos[Math.min(run[0]++, nanos.length - 1)]);
    }

    @Override
    public long getAsLong() {
        return now;
    }
}
