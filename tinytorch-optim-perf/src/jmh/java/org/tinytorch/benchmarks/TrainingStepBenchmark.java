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
import org.tinytorch.tensor.Backend;

/**
 * One training step, forward, backward and SGD, of two networks: 2-4-1 on the four points of XOR, where there is nearly nothing to compute and the step is all
 * bookkeeping, and 784-128-10 on 64 images.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
public class TrainingStepBenchmark {
    /** The network. */
    @Param({"xor", "mlp"})
    private String model;

    /** Who computes. */
    @Param({"reference", "blocked", "parallel", "vector", "auto"})
    private String backend;

    private TrainingStep step;

    /** Makes the network. */
    @Setup
    public void make() {
        Backend.use(Backends.named(backend));
        step = model.equals("xor") ? TrainingStep.xor() : TrainingStep.mlp(128);
    }

    /** One step. */
    @Benchmark
    public double step() {
        return step.run();
    }
}
