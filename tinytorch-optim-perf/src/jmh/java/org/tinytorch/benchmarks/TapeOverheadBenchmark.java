package org.tinytorch.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tinytorch.acceleration.AutoBackend;
import org.tinytorch.acceleration.BlockedBackend;
import org.tinytorch.activation.Activations;
import org.tinytorch.activation.Relu;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.loss.Loss;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Parameter;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.optim.Sgd;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * What autograd's bookkeeping adds to a step of a 784-128-10 network, batch 64: the step on the tape beside the same kernels called by hand, in the order
 * and with the formulas of modules 03 to 06. The two give the same gradients; the set-up checks it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(3)
public class TapeOverheadBenchmark {
    private static final Relu RELU = new Relu();

    /** Who computes the matrix products; the faster it is, the more the bookkeeping weighs. */
    @Param({"reference", "blocked", "auto"})
    private String backend;

    private final Generator generator = new Generator(1);
    private final Linear hidden = new Linear(784, 128, generator);
    private final Linear output = new Linear(128, 10, generator);
    private final Sequential model = new Sequential(hidden, new ReLU(), output);
    private final Loss loss = new CrossEntropyLoss();
    private final Optimizer optimizer = new Sgd(model.parameters(), 1e-6);
    private final Tensor x = Tensors.rand(generator, 64, 784);
    private final Tensor labels = Tensors.randint(generator, 10, 64);

    /** Picks the backend and makes sure that both ways agree. */
    @Setup
    public void compare() {
        Backend.use(
                switch (backend) {
                    case "auto" -> new AutoBackend();
                    case "blocked" -> new BlockedBackend();
                    default -> Backend.reference();
                });
        stepByHand();
        Tensor byHand = hidden.weight().grad().orElseThrow().copy();
        stepOnTheTape();
        if (!hidden.weight()
                .grad()
                .orElseThrow()
                .allClose(byHand, 1e-4, 1e-6)) { // the first step has moved the weights a little
            throw new IllegalStateException("the two ways do not give the same gradients");
        }
    }

    /** Forward, {@code backward()}, SGD. */
    @Benchmark
    public double stepOnTheTape() {
        optimizer.zeroGrad();
        Tensor error = loss.forward(model.forward(x), labels);
        error.backward();
        optimizer.step();
        return error.item();
    }

    /** The same with every gradient written out; detached parameters record nothing. */
    @Benchmark
    public double stepByHand() {
        optimizer.zeroGrad();
        Tensor w1 = hidden.weight().detach();
        Tensor w2 = output.weight().detach();
        Tensor z1 = MatMul.of(x, false, w1, true).add(bias(hidden).detach());
        Tensor h = Activations.relu(z1);
        Tensor logits = MatMul.of(h, false, w2, true).add(bias(output).detach());
        double error = loss.forward(logits, labels).item();

        Tensor gLogits = loss.gradient(logits, labels);
        output.weight().grad(MatMul.of(gLogits, true, h, false));
        bias(output).grad(gLogits.sum(0));
        Tensor gH = MatMul.of(gLogits, false, w2, false);
        Tensor gZ1 = RELU.gradient(z1, h, gH);
        hidden.weight().grad(MatMul.of(gZ1, true, x, false));
        bias(hidden).grad(gZ1.sum(0));
        optimizer.step();
        return error;
    }

    /** Nanoseconds of each way, taken in turn, and what the tape adds. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class InTurn {
        private long byHand;
        private long onTheTape;

        /** Begins anew. */
        @Setup(Level.Iteration)
        public void reset() {
            byHand = 0;
            onTheTape = 0;
        }

        /** Extra time of the tape, in percent of the time by hand. */
        public double overheadPercent() {
            return 100.0 * (onTheTape - byHand) / byHand;
        }
    }

    /**
     * Both ways in turn, so that a machine that changes its speed changes it for both: read {@code overheadPercent}. One long iteration, because JMH adds up
     * what the iterations count.
     */
    @Benchmark
    @Fork(1)
    @Measurement(iterations = 1, time = 20)
    public double inTurn(InTurn time) {
        long start = System.nanoTime();
        double byHand = stepByHand();
        long between = System.nanoTime();
        double onTheTape = stepOnTheTape();
        time.byHand += between - start;
        time.onTheTape += System.nanoTime() - between;
        return byHand + onTheTape;
    }

    private static Parameter bias(Linear layer) {
        return layer.bias().orElseThrow();
    }
}
