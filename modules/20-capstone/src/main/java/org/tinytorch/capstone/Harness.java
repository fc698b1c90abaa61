// Yours: task 20.3. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/capstone/Harness.java.
package org.tinytorch.capstone;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.tinytorch.benchmarking.Benchmark;
import org.tinytorch.benchmarking.Measurement;
import org.tinytorch.benchmarking.MemoryMeter;
import org.tinytorch.benchmarking.MemoryUse;
import org.tinytorch.benchmarking.WarmUp;
import org.tinytorch.training.Scores;

/**
 * Measures every model in the same way: its results, the time and the memory of an item, and the size of its weights.
 *
 * <pre>{@code
 * Figures figures = new Harness().measure(project, Recipe.of(project).build());
 * }</pre>
 */
public final class Harness {
    private static final double TOLERANCE = 0.05;
    private static final int MOST_WARM_UPS = 10_000;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Benchmark benchmark;
    private final Function<Runnable, MemoryUse> memory;

    /**
     * On the clock and the memory of this machine.
     *
     * @param repeats measured runs, after a second or more of others that warm up; for intervals worth having, 6 or more
     * @throws UnsupportedOperationException if this JVM does not count what is allocated
     */
    public Harness(int repeats) {
        this(
                new Benchmark()
                        .warmUp(WarmUp.untilSettled(TOLERANCE, Duration.ofSeconds(1), MOST_WARM_UPS)
                                .within(LONGEST))
                        .repeat(repeats),
                new MemoryMeter()::measure);
    }

    /**
     * On another clock and other counters, such as those of a test.
     *
     * @param benchmark times the runs
     * @param memory runs something once and says what that took
     */
    public Harness(Benchmark benchmark, Function<Runnable, MemoryUse> memory) {
        this.benchmark = benchmark;
        this.memory = memory;
    }

    /**
     * Measures a model on its own backend.
     *
     * @throws IllegalArgumentException if a run has no items, or a result is not finite
     */
    public <M> Figures measure(Project<M> project, Candidate<M> candidate) {
        if (project.items() < 1) {
            throw new IllegalArgumentException("project: a run of '" + project.name() + "' has " + project.items()
                    + " items; give it one or more");
        }
        return candidate.use(() -> ofAnItem(project, candidate.model()));
    }

    /**
     * What an item takes: a run of 8 ms and 6,400 bytes for 64 images is 125 µs and 100 bytes an image. Results come first, since nobody wants to know how fast a broken model is; the memory last, of one run, when all is warm.
     */
    private <M> Figures ofAnItem(Project<M> project, M model) {
        Runnable run = () -> project.run(model);
        // region Task 20.3: what an item takes
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 20.3
        throw new UnsupportedOperationException("Task 20.3: what an item takes is not written yet: ./tito hint 20.3");
        // endregion
    }
}
