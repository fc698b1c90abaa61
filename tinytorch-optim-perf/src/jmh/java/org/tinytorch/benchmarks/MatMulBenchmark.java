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
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * The ladder of module 15: one product of two square matrices, from the loop that everybody writes first up to vectors on all threads.
 *
 * <p>The rungs: {@code naive} has its loops in the order i, j, p; {@code reordered} is {@link MatMul}'s own, i, p, j, which reads memory in a row; {@code blocked}
 * keeps a block in the caches; {@code parallel} is that on all threads; {@code vector} uses the Vector API on one thread and {@code auto} on all.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
public class MatMulBenchmark {
    private static final MatMul PRODUCT = new MatMul(false, false);

    /** Rows and columns. */
    @Param({"32", "64", "128", "256", "512", "1024"})
    private int n;

    /** Who computes. */
    @Param({"naive", "reordered", "blocked", "parallel", "vector", "auto"})
    private String backend;

    private Backend computer;
    private Tensor a;
    private Tensor b;

    /** Draws the matrices. */
    @Setup
    public void draw() {
        computer = backend.equals("naive")
                ? (op, inputs) -> NaiveProduct.of(inputs[0], inputs[1])
                : Backends.named(backend);
        Generator generator = new Generator(1);
        a = Tensors.randn(generator, n, n);
        b = Tensors.randn(generator, n, n);
    }

    /** {@code A·B}. */
    @Benchmark
    public Tensor product() {
        return computer.compute(PRODUCT, a, b);
    }
}
