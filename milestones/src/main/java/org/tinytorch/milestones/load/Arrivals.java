package org.tinytorch.milestones.load;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When requests are due. Many clients take from it at once.
 *
 * <p>With a rate, the times are fixed beforehand, whatever the server does (an open loop). A server that stalls for a second is then asked late by a second's worth of requests, and all of them count as slow. Clients that ask
 * only when the last answer is there would have spared it those requests, and shown one slow answer (Tene's "coordinated omission").
 */
final class Arrivals {
    private final AtomicLong taken = new AtomicLong();
    private final double nanosBetween;
    private final long begin;
    private final long end;

    /**
     * From now on, for so long.
     *
     * @param rate requests per second; 0 for one as soon as a client is free (a closed loop)
     */
    Arrivals(double rate, Duration length) {
        this(rate, System.nanoTime(), length.toNanos());
    }

    Arrivals(double rate, long begin, long nanos) {
        this.nanosBetween = rate > 0 ? 1e9 / rate : 0;
        this.begin = begin;
        this.end = begin + nanos;
    }

    /** When the load ends, in the time of {@link System#nanoTime}. */
    long end() {
        return end;
    }

    /** Takes the next request: when it is due, maybe long ago. Nothing when all are taken. */
    OptionalLong take(long now) {
        long due = nanosBetween == 0 ? now : begin + (long) (taken.getAndIncrement() * nanosBetween);
        return due - end < 0 ? OptionalLong.of(due) : OptionalLong.empty();
    }
}
