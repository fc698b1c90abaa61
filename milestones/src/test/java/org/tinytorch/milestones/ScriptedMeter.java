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

/** Says what a run takes without looking at a clock: runs it once, and takes the next time from a list; when that is used up, half the time of the last. */
final class ScriptedMeter implements Meter {
    static final int RUNS = 8;

    private final Deque<Double> times = new ArrayDeque<>();
    private final List<String> names = new ArrayList<>();
    private final List<Backend> backends = new ArrayList<>();
    private double last;

    /** With the nanoseconds of a run of each step. */
    ScriptedMeter(double... nanos) {
        for (double time : nanos) {
            times.add(time);
        }
        last = 2e9;
    }

    /** What was timed, in order. */
    List<String> names() {
        return names;
    }

    /** Who computed what was timed. */
    List<Backend> backends() {
        return backends;
    }

    @Override
    public Measurement time(String name, Runnable run) {
        names.add(name);
        backends.add(Backend.current());
        run.run();
        last = times.isEmpty() ? last / 2 : times.remove();
        // around the median, by 1 % to each side
        List<Double> nanos = IntStream.range(0, RUNS)
                .mapToObj(i -> last * (0.99 + 0.02 * i / (RUNS - 1)))
                .toList();
        return new Measurement(name, nanos, new WarmUp.Outcome(1, true));
    }

    @Override
    public MemoryUse memory(Runnable run) {
        run.run();
        return new MemoryUse(4096, 1 << 20, 3 << 20);
    }
}
