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
import org.tinytorch.spatial.Convolution;
import org.tinytorch.spatial.ConvolutionInputGradient;
import org.tinytorch.spatial.ConvolutionWeightGradient;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** A 3x3 convolution of 128 images and its two gradients, with all products and with half of them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xms3g", "-Xmx3g", "-XX:+AlwaysPreTouch"})
public class ConvolutionBenchmark {
    private static final int IMAGES = 128;

    /** What is computed: the results, the gradient of the images, or that of the weight. */
    @Param({"forward", "inputGradient", "weightGradient"})
    private String direction;

    /** Input channels, output channels, rows and columns. */
    @Param({"32-32-32", "64-64-16", "128-128-4"})
    private String sizes;

    /** Whether Winograd's filtering is used. */
    @Param({"false", "true"})
    private String winograd;

    private Backend computer;
    private Operation operation;
    private Tensor[] inputs;

    /** Draws the numbers. */
    @Setup
    public void draw() {
        System.setProperty("tinytorch.winograd", winograd); // read at the first operation
        computer = new AutoBackend();
        String[] parts = sizes.split("-", -1);
        int channels = Integer.parseInt(parts[0]);
        int outputs = Integer.parseInt(parts[1]);
        int length = Integer.parseInt(parts[2]);
        Generator generator = new Generator(1);
        Tensor x = Tensors.randn(generator, IMAGES, channels, length, length);
        Tensor weight = Tensors.randn(generator, outputs, channels, 3, 3);
        Tensor g = Tensors.randn(generator, IMAGES, outputs, length, length);
        Convolution convolution = new Convolution(Window.of(3, 1, 1), Window.of(3, 1, 1), 1);
        switch (direction) {
            case "forward" -> use(convolution, x, weight);
            case "inputGradient" -> use(new ConvolutionInputGradient(convolution, length, length), g, weight);
            default -> use(new ConvolutionWeightGradient(convolution), x, g);
        }
    }

    private void use(Operation chosen, Tensor... its) {
        operation = chosen;
        inputs = its;
    }

    /** For all images. */
    @Benchmark
    public Tensor batch() {
        return computer.compute(operation, inputs);
    }
}
