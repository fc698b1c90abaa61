package org.tinytorch.milestones;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.tinytorch.benchmarking.Measurement;
import org.tinytorch.benchmarking.MemoryUse;
import org.tinytorch.benchmarking.WarmUp;
import org.tinytorch.tensor.Backend;

/** Says what a run takes without looking at a clock: runs it once or not at all, and takes the next time from a list; when that is used up, half the time of the last. */
final class ScriptedMeter implements Meter {
    private static final int RUNS = 8;

    private final Deque<Double> times = new ArrayDeque<>();
    private final List<Backend> backends = new ArrayList<>();
    private final boolean runs;
    private double last;

    /** With the nanoseconds of a run of each step. */
    ScriptedMeter(double... nanos) {
        this(true, nanos);
    }

    /** One that runs nothing, for models that would take long. */
    static ScriptedMeter idle() {
        return new ScriptedMeter(false);
    }

    private ScriptedMeter(boolean runs, double... nanos) {
        this.runs = runs;
        for (double time : nanos) {
            times.add(time);
        }
        last = 2e9;
    }

    /** Who computed what was timed. */
    List<Backend> backends() {
        return backends;
    }

    @Override
    public Measurement time(String name, Runnable run) {
        backends.add(Backend.current());
        if (runs) {
            run.run();
        }
        last = times.isEmpty() ? last / 2 : times.remove();
        // around the median, by 1 % to each side
        List<Double> nanos = IntStream.range(0, RUNS)
                .mapToObj(i -> last * (0.99 + 0.02 * i / (RUNS - 1)))
                .toList();
        return new Measurement(name, nanos, new WarmUp.Outcome(1, true));
    }

    @Override
    public MemoryUse memory(Runnable run) {
        return new MemoryUse(4096, 1 << 20, 3 << 20);
    }
}
