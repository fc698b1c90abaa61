package org.tinytorch.milestones;

import java.time.Duration;
import org.tinytorch.benchmarking.Benchmark;
import org.tinytorch.benchmarking.Measurement;
import org.tinytorch.benchmarking.MemoryMeter;
import org.tinytorch.benchmarking.MemoryUse;
import org.tinytorch.benchmarking.WarmUp;

/** What measures a run. An interface, so that a test can say what a run takes. */
interface Meter {
    /** The time of each run. */
    Measurement time(String name, Runnable run);

    /** The time of one of the items of a run, for each run: of 8 ms for 64 images, 125 µs. */
    default Measurement timeOfItem(String name, int items, Runnable run) {
        Measurement runs = time(name, run);
        return new Measurement(
                name, runs.nanos().stream().map(nanos -> nanos / items).toList(), runs.warmUp());
    }

    /** The memory of one run. */
    MemoryUse memory(Runnable run);

    /**
     * The clock and the memory of this machine.
     *
     * @param repeats measured runs, after some that warm up
     */
    static Meter real(int repeats) {
        return new Real(repeats, new MemoryMeter());
    }

    /** Warms up for a second at least, and until the times have settled. If they do not, it ends after about twenty seconds, or, of a run that takes seconds, after 10 runs. */
    record Real(int repeats, MemoryMeter memory) implements Meter {
        private static final double LEAST_NANOS = 1e9;
        private static final double MOST_NANOS = 20e9;
        private static final double TOLERANCE = 0.05;
        private static final int LEAST_RUNS = 10;
        private static final int MOST_RUNS = 10_000;

        @Override
        public Measurement time(String name, Runnable run) {
            int before = 0;
            double last = 0;
            for (double sum = 0; sum < LEAST_NANOS; sum += last) {
                last = nanos(run);
                before++;
            }
            int most = (int) Math.max(LEAST_RUNS, Math.min(MOST_RUNS, MOST_NANOS / last));
            Measurement measured = new Benchmark()
                    .warmUp(WarmUp.untilSettled(TOLERANCE, Duration.ZERO, most))
                    .repeat(repeats)
                    .measure(name, run);
            WarmUp.Outcome warm = measured.warmUp();
            return new Measurement(name, measured.nanos(), new WarmUp.Outcome(before + warm.runs(), warm.settled()));
        }

        private static double nanos(Runnable run) {
            long start = System.nanoTime();
            run.run();
            return System.nanoTime() - start;
        }

        @Override
        public MemoryUse memory(Runnable run) {
            return memory.measure(run);
        }
    }
}
