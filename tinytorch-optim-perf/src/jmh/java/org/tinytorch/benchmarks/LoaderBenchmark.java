package org.tinytorch.benchmarks;

import java.util.ArrayList;
import java.util.List;
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
import org.tinytorch.data.Dataset;
import org.tinytorch.data.ImageDataset;
import org.tinytorch.data.Normalize;
import org.tinytorch.data.RandomCrop;
import org.tinytorch.data.RandomHorizontalFlip;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.training.Batch;

/**
 * What an image of 32 by 32 pixels costs in training when it is cropped, mirrored and normalised by a loader, with and without a worker, and when all batches are
 * ready beforehand: the difference is what loading costs.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xms3g", "-Xmx3g", "-XX:+AlwaysPreTouch"})
public class LoaderBenchmark {
    private static final int IMAGES = 1024;
    private static final int BATCH = 128;

    /** Who makes the batches. */
    @Param({"ready", "0 workers", "1 worker"})
    private String loader;

    private Iterable<Batch> batches;
    private Epochs epochs;

    /** Makes images and network. */
    @Setup
    public void make() {
        Generator generator = new Generator(1);
        byte[] pixels = new byte[IMAGES * 3 * 32 * 32];
        byte[] labels = new byte[IMAGES];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) generator.nextInt(256);
        }
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) generator.nextInt(10);
        }
        ImageDataset images = ImageDataset.of(Shape.of(3, 32, 32), 255, 10, pixels, labels);
        Dataset augmented = images.transformed(new RandomCrop(4), new RandomHorizontalFlip(), Normalize.fit(images));
        DataLoader made = DataLoader.of(augmented, BATCH).shuffled(generator.split());
        batches = switch (loader) {
            case "ready" -> ready(made);
            case "1 worker" -> made.workers(1);
            default -> made;
        };
        epochs = new Epochs(new Sequential(
                convolution(3, 32, generator),
                new MaxPool2d(2),
                convolution(32, 64, generator),
                convolution(64, 64, generator),
                new MaxPool2d(2),
                new Flatten(),
                new Linear(4096, 10, generator)));
    }

    private static List<Batch> ready(DataLoader loader) {
        List<Batch> all = new ArrayList<>();
        loader.forEach(all::add);
        return all;
    }

    private static Conv2d convolution(int in, int out, Generator generator) {
        return Conv2d.builder(in, out, 3).padding(1).relu().build(generator);
    }

    /** One epoch; the time is that of one image. */
    @Benchmark
    @OperationsPerInvocation(IMAGES)
    public double image() {
        return epochs.run(batches);
    }
}
