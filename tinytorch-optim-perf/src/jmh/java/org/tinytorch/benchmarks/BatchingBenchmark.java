package org.tinytorch.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tinytorch.data.DataLoader;
import org.tinytorch.data.TensorDataset;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensors;

/** What a sample costs in an epoch of training, one at a time and in batches from a loader: the same network, 784-128-10, and the same 256 samples. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
public class BatchingBenchmark {
    private static final int SAMPLES = 256;

    /** Samples in a batch. */
    @Param({"1", "8", "64"})
    private int batch;

    /** Who computes. */
    @Param({"reference", "auto"})
    private String backend;

    private DataLoader loader;
    private Epochs epochs;

    /** Makes samples and network. */
    @Setup
    public void make() {
        Backend.use(Backends.named(backend));
        Generator generator = new Generator(1);
        TensorDataset samples =
                new TensorDataset(Tensors.rand(generator, SAMPLES, 784), Tensors.randint(generator, 10, SAMPLES));
        loader = DataLoader.of(samples, batch).shuffled(generator.split());
        epochs =
                new Epochs(new Sequential(new Linear(784, 128, generator), new ReLU(), new Linear(128, 10, generator)));
    }

    /** One epoch; the time is that of one sample. */
    @Benchmark
    @OperationsPerInvocation(SAMPLES)
    public double sample() {
        return epochs.run(loader);
    }
}
