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
import org.tinytorch.activation.Gelu;
import org.tinytorch.activation.Relu;
import org.tinytorch.activation.Sigmoid;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Binary;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.tensor.Unary;

/**
 * One function of each of a million numbers, or of two tensors of a million each. {@code zeros} only makes the result: what Java takes to clear its memory is part of
 * every other row.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
public class ElementwiseBenchmark {
    /** What is computed. */
    @Param({"zeros", "exp", "log", "tanh", "sigmoid", "gelu", "relu", "add", "mul"})
    private String function;

    /** Who computes. */
    @Param({"reference", "vector", "auto"})
    private String backend;

    private Backend computer;
    private Operation operation;
    private Tensor[] inputs;

    /** Draws the numbers. */
    @Setup
    public void draw() {
        computer = Backends.named(backend);
        operation = operation(function);
        Generator generator = new Generator(1);
        Tensor x = Tensors.randn(generator, 1_000_000);
        Tensor y = Tensors.randn(generator, 1_000_000);
        inputs =
                operation instanceof Binary ? new Tensor[] {x, y} : new Tensor[] {function.equals("log") ? x.abs() : x};
    }

    private static Operation operation(String function) {
        return switch (function) {
            case "zeros" -> inputs -> Tensors.zeros(inputs[0].shape());
            case "exp" -> Unary.EXP;
            case "log" -> Unary.LOG;
            case "tanh" -> Unary.TANH;
            case "sigmoid" -> new Sigmoid();
            case "gelu" -> new Gelu();
            case "relu" -> new Relu();
            case "add" -> Binary.ADD;
            case "mul" -> Binary.MUL;
            default -> throw new IllegalArgumentException("elementwise: there is no function " + function);
        };
    }

    /** The function of every element. */
    @Benchmark
    public Tensor map() {
        return computer.compute(operation, inputs);
    }
}
