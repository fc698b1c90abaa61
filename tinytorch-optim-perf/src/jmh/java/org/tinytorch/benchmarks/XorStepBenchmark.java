package org.tinytorch.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tinytorch.loss.Loss;
import org.tinytorch.loss.MseLoss;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.nn.Tanh;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.optim.Sgd;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** One training step of the 2-4-1 network on the four points of XOR: nearly nothing to compute, so this is what a step costs before any work is done. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class XorStepBenchmark {
    private final Generator generator = new Generator(1);
    private final Sequential model =
            new Sequential(new Linear(2, 4, generator), new Tanh(), new Linear(4, 1, generator));
    private final Loss loss = new MseLoss();
    private final Optimizer optimizer = new Sgd(model.parameters(), 0.1);
    private final Tensor x = Tensors.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    private final Tensor y = Tensors.of(new double[][] {{0}, {1}, {1}, {0}});

    /** Forward, backward, SGD. */
    @Benchmark
    public double step() {
        optimizer.zeroGrad();
        Tensor error = loss.forward(model.forward(x), y);
        error.backward();
        optimizer.step();
        return error.item();
    }
}
