// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/StoppableCounter.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import java.util.function.LongSupplier;

/** A counter, of nanoseconds or of bytes, that stands still while its reader is busy: what the measuring itself takes is cut out. */
final class StoppableCounter {
    private final LongSupplier real;
    private long cut;
    private long stoppedAt;

    StoppableCounter(LongSupplier real) {
        this.real = real;
    }

    /** Stops and tells where it stands. If the real counter goes from 100 to 130 between a stop and a go, all later readings are 30 less. */
    long stop() {
        stoppedAt = real.getAsLong();
        return stoppedAt - cut;
    }

    /** Goes on. */
    void go() {
        cut += real.getAsLong() - stoppedAt;
    }

    /** All that was cut out. */
    long cut() {
        return cut;
    }
}
