package org.tinytorch.benchmarks;

import java.util.List;
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
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.compression.ChannelPruner;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.precision.Calibrator;
import org.tinytorch.precision.StaticQuantization;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Batch;

/** What smaller models are worth: 128 images through the small network of milestone {@code cifar10}, its weights drawn at random. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 6, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
public class QuantizedCnnBenchmark {
    private static final int IMAGES = 128;

    /** As it is, without half of its channels, or with integers from the first layer to the last. */
    @Param({"float64", "halved", "int8"})
    private String network;

    private Layer model = new Sequential();
    private Tensor images;

    /** Makes the network and the images. */
    @Setup
    public void make() {
        Backend.use(new AutoBackend());
        Generator generator = new Generator(1);
        Sequential whole = small(generator);
        whole.eval();
        images = Tensors.randn(generator, IMAGES, 3, 32, 32);
        model = whole;
        if (network.equals("halved")) {
            ChannelPruner pruner = new ChannelPruner(whole);
            pruner.rewire(pruner.strongest(0.5));
        } else if (network.equals("int8")) {
            model = StaticQuantization.with(Calibrator.percentile(99.99))
                    .convert(whole, List.of(new Batch(images, Tensors.zeros(IMAGES))));
        }
    }

    private static Sequential small(Generator generator) {
        return new Sequential(
                unit(3, 32, generator),
                new MaxPool2d(2),
                unit(32, 64, generator),
                unit(64, 64, generator),
                new MaxPool2d(2),
                unit(64, 128, generator),
                new MaxPool2d(2),
                unit(128, 128, generator),
                new Flatten(),
                new Linear(128 * 4 * 4, 10, generator));
    }

    private static Sequential unit(int in, int out, Generator generator) {
        return new Sequential(
                Conv2d.builder(in, out, 3).padding(1).noBias().build(generator), new BatchNorm2d(out), new ReLU());
    }

    /** One batch, forward only. */
    @Benchmark
    public Tensor batch() {
        try (NoGrad scope = NoGrad.enter()) {
            return model.forward(images);
        }
    }
}
