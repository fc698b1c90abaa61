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
import org.tinytorch.acceleration.AutoBackend;
import org.tinytorch.acceleration.MatMulPrecision;
import org.tinytorch.tensor.Backend;

/**
 * One training step of a small GPT (4 layers, 4 heads, 128 wide, context 64, batch 12): forward, backward and AdamW. With {@code -prof gc} read the bytes that a step allocates
 * ({@code gc.alloc.rate.norm}) beside its time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 8, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
public class GptStepBenchmark {
    /** The precision of matrix products; {@code reference} is the plain loops. */
    @Param({"reference", "float64", "float32"})
    private String arithmetic;

    /** What happens to the memory of results that were sent backward. */
    @Param({"collected", "reused"})
    private String memory;

    private TrainingStep step;

    /** Makes the network. */
    @Setup
    public void make() {
        Backend.use(
                arithmetic.equals("reference")
                        ? Backend.reference()
                        : new AutoBackend(MatMulPrecision.valueOf(arithmetic.toUpperCase(java.util.Locale.ROOT))));
        step = TrainingStep.gpt();
    }

    /** One step. */
    @Benchmark
    public double step() {
        return memory.equals("reused") ? step.runReusingMemory() : step.run();
    }
}
