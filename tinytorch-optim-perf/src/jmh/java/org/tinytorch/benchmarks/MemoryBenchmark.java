package org.tinytorch.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it is worth to use the memory of gradients again: a training step of a 784-h-10 network on 64 images by the default backend, with and without. Read the
 * bytes that a step allocates ({@code gc.alloc.rate.norm}) beside its time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
public class MemoryBenchmark {
    /** Hidden units. */
    @Param({"128", "1024"})
    private int hidden;

    /** What happens to the memory of a gradient that {@code zeroGrad()} forgets. */
    @Param({"collected", "reused"})
    private String memory;

    private TrainingStep step;

    /** Makes the network. */
    @Setup
    public void make() {
        System.setProperty("tinytorch.reuse", Boolean.toString(memory.equals("reused")));
        step = TrainingStep.mlp(hidden);
    }

    /** One step. */
    @Benchmark
    public double step() {
        return step.run();
    }
}
