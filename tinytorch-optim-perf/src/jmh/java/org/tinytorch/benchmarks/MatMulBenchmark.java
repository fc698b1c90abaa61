package org.tinytorch.benchmarks;

import java.util.ServiceLoader;
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

/** The ladder of module 15: one product of two square matrices, from the plain loops up. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MatMulBenchmark {
    private static final MatMul PRODUCT = new MatMul(false, false);

    /** Rows and columns. */
    @Param({"32", "64", "128", "256", "512", "960"})
    private int n;

    /** Who computes. */
    @Param({"reference", "blocked", "parallel", "vector", "auto"})
    private String backend;

    private Backend computer;
    private Tensor a;
    private Tensor b;

    /** Draws the matrices. */
    @Setup
    public void draw() {
        computer = ServiceLoader.load(Backend.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals(backend))
                .findFirst()
                .orElseGet(Backend::reference);
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
