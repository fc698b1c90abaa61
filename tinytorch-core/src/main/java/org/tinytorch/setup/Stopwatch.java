package org.tinytorch.setup;

import java.util.function.LongSupplier;

/**
 * Measures how long a piece of code takes: runs it a few times unmeasured, so that the JIT compiler has seen it, then several times measured, and
 * lets the median speak, which one interruption cannot spoil. After {@code torch.utils.benchmark.Timer}; for numbers to publish use JMH.
 *
 * <pre>{@code
 * Timing timing = new Stopwatch().warmUp(20).repeat(9).measure(() -> Arrays.sort(numbers.clone()));
 * }</pre>
 *
 * <p>Immutable: each setting gives a new stopwatch.
 */
public final class Stopwatch {
    private final LongSupplier nanoClock;
    private final int warmUps;
    private final int repeats;

    /** A stopwatch on the JVM's clock that warms up 5 times and measures 9 times. */
    public Stopwatch() {
        this(System::nanoTime);
    }

    /**
     * A stopwatch on another clock, such as one that a test turns by hand.
     *
     * @param nanoClock counts nanoseconds from any start; read once before and once after each measured run
     */
    public Stopwatch(LongSupplier nanoClock) {
        this(nanoClock, 5, 9);
    }

    private Stopwatch(LongSupplier nanoClock, int warmUps, int repeats) {
        this.nanoClock = nanoClock;
        this.warmUps = warmUps;
        this.repeats = repeats;
    }

    /**
     * With this many unmeasured runs first.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public Stopwatch warmUp(int runs) {
        if (runs < 0) {
            throw new IllegalArgumentException("stopwatch: " + runs + " warm-up runs are not possible; use 0 or more");
        }
        return new Stopwatch(nanoClock, runs, repeats);
    }

    /**
     * With this many measured runs.
     *
     * @throws IllegalArgumentException if the number is not positive
     */
    public Stopwatch repeat(int runs) {
        if (runs < 1) {
            throw new IllegalArgumentException("stopwatch: " + runs + " measured runs give no median; use 1 or more");
        }
        return new Stopwatch(nanoClock, warmUps, runs);
    }

    /**
     * How long the code takes. With 2 warm-ups and 3 repeats it runs 5 times, and the timing is that of the last 3, each measured on its own.
     * An exception of the code ends the measurement and is passed on.
     */
    public Timing measure(Runnable code) {
        // region Task 1.4: warm up, then measure each run
        for (int run = 0; run < warmUps; run++) {
            code.run();
        }
        long[] nanos = new long[repeats];
        for (int run = 0; run < repeats; run++) {
            long start = nanoClock.getAsLong();
            code.run();
            nanos[run] = nanoClock.getAsLong() - start;
        }
        return Timing.of(nanos);
        // endregion
    }
}
