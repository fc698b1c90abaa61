// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/Benchmark.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.tinytorch.setup.Stopwatch;

/**
 * Times a piece of work that takes a millisecond or more, such as a forward pass or a training step: warms up until the times have settled, measures many runs, each on its own, and keeps them all.
 *
 * <pre>{@code
 * Measurement step = new Benchmark().repeat(50).measure("forward", () -> model.forward(x));
 * System.out.println(step); // forward: 4.31 ms (95 % from 4.28 ms to 4.37 ms, 50 runs)
 * }</pre>
 *
 * <p>Shorter work is a matter for JMH, which also keeps the compiler from leaving out what nobody uses. Immutable: each setting gives a new benchmark.
 */
public final class Benchmark {
    private static final int REPEATS = 30;

    /** More make the interval no better worth having, but slow to work out: 2000 medians of all runs. */
    static final int MOST_RUNS = 5000;

    private final LongSupplier nanoClock;
    private final WarmUp warmUp;
    private final int least;
    private final double budgetNanos;

    /** On the JVM's clock; warms up until the times have settled, and measures 30 runs. */
    public Benchmark() {
        this(System::nanoTime);
    }

    /**
     * On another clock, such as one that a test turns by hand.
     *
     * @param nanoClock counts nanoseconds from any start; read once before and once after each run
     */
    public Benchmark(LongSupplier nanoClock) {
        this(nanoClock, WarmUp.untilSettled(), REPEATS, 0);
    }

    private Benchmark(LongSupplier nanoClock, WarmUp warmUp, int least, double budgetNanos) {
        this.nanoClock = nanoClock;
        this.warmUp = warmUp;
        this.least = least;
        this.budgetNanos = budgetNanos;
    }

    /** With another warm-up. */
    public Benchmark warmUp(WarmUp other) {
        return new Benchmark(nanoClock, other, least, budgetNanos);
    }

    /**
     * With exactly so many measured runs.
     *
     * @throws IllegalArgumentException if the number is not from 1 to 5000
     */
    public Benchmark repeat(int runs) {
        return budget(Duration.ZERO, runs);
    }

    /**
     * With as many measured runs as fit into a time, but so many at least, and 5000 at most.
     *
     * @throws IllegalArgumentException if the time is negative or the number not from 1 to 5000
     */
    public Benchmark budget(Duration time, int runs) {
        if (runs < 1) {
            throw new IllegalArgumentException("benchmark: " + runs + " measured runs give no median; use 1 or more");
        }
        if (runs > MOST_RUNS) {
            throw new IllegalArgumentException("benchmark: " + runs + " measured runs are too many; use " + MOST_RUNS
                    + " at most, and let a run do more if it is short");
        }
        if (time.isNegative()) {
            throw new IllegalArgumentException("benchmark: a time of " + time + " is negative; use 0 or more");
        }
        return new Benchmark(nanoClock, warmUp, runs, time.toNanos());
    }

    /**
     * Warms up and measures. An exception of the code ends the measurement and is passed on.
     *
     * @param name of what is measured, in reports
     */
    public Measurement measure(String name, Runnable code) {
        Stopwatch one = new Stopwatch(nanoClock).warmUp(0).repeat(1);
        WarmUp.Outcome warm = warmUp.run(() -> one.measure(code).median());
        List<Double> nanos = new ArrayList<>();
        double sum = 0;
        while (nanos.size() < least || (sum < budgetNanos && nanos.size() < MOST_RUNS)) {
            double time = one.measure(code).median();
            nanos.add(time);
            sum += time;
        }
        return new Measurement(name, nanos, warm);
    }
}
