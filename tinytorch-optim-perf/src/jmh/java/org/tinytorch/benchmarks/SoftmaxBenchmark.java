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
import org.tinytorch.activation.LogSoftmax;
import org.tinytorch.activation.Softmax;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Softmax along the rows of a matrix: the scores of ten classes for a batch, and attention over 512 positions. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
public class SoftmaxBenchmark {
    /** What is computed. */
    @Param({"softmax", "logSoftmax"})
    private String function;

    /** Rows and columns. */
    @Param({"64x10", "512x512"})
    private String shape;

    /** Who computes. */
    @Param({"reference", "vector", "auto"})
    private String backend;

    private Backend computer;
    private Operation operation;
    private Tensor x;

    /** Draws the numbers. */
    @Setup
    public void draw() {
        computer = Backends.named(backend);
        operation = function.equals("softmax") ? new Softmax(1) : new LogSoftmax(1);
        String[] sizes = shape.split("x", -1);
        x = Tensors.randn(new Generator(1), Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]));
    }

    /** The function of every row. */
    @Benchmark
    public Tensor rows() {
        return computer.compute(operation, x);
    }
}
