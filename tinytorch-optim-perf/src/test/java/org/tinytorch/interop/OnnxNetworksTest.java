package org.tinytorch.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.GELU;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.LogSoftmax;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.nn.SiLU;
import org.tinytorch.nn.Softmax;
import org.tinytorch.nn.Tanh;
import org.tinytorch.spatial.AdaptiveAvgPool2d;
import org.tinytorch.spatial.AvgPool2d;
import org.tinytorch.spatial.BatchNorm1d;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.Dropout2d;
import org.tinytorch.spatial.GlobalAvgPool2d;
import org.tinytorch.spatial.GlobalMaxPool2d;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/** Whole networks, in ONNX Runtime and here. */
class OnnxNetworksTest {
    @TempDir
    Path folder;

    @Test
    void anMlpForDigits() {
        Generator generator = new Generator(1);
        Layer model = new Sequential(
                new Flatten(),
                new Linear(64, 32, generator),
                new BatchNorm1d(32),
                new ReLU(),
                new Dropout(0.3, generator),
                new Linear(32, 10, generator),
                new Softmax(-1));
        model.forward(OnnxRuns.numbers(5, 9, 1, 8, 8));

        OnnxRuns.assertSame(
                model, Shape.of(1, 1, 8, 8), OnnxRuns.numbers(1, 1, 1, 8, 8), OnnxRuns.numbers(2, 5, 1, 8, 8));
        OnnxRuns.assertSame(OnnxRuns.doubles(), 1e-10, model, Shape.of(1, 1, 8, 8), OnnxRuns.numbers(2, 5, 1, 8, 8));
    }

    @Test
    void aCnnWithEverything() {
        Generator generator = new Generator(2);
        Layer model = new Sequential(
                Conv2d.builder(3, 8, 3).same().noBias().build(generator),
                new BatchNorm2d(8),
                new GELU(),
                new MaxPool2d(3, 2, 1),
                Conv2d.builder(8, 8, 3, 2)
                        .groups(4)
                        .dilation(2, 1)
                        .padding(2, 1)
                        .relu()
                        .build(generator),
                new Sequential(
                        new AvgPool2d(new Window(2, 2, 1, 1, 0), new Window(3, 1, 2, 0, 1)),
                        new Dropout2d(0.2, generator)),
                Conv2d.builder(8, 6, 2).stride(2, 1).padding(1).build(generator),
                new SiLU(),
                new AdaptiveAvgPool2d(3, 2),
                new Flatten(),
                new Linear(36, 10, generator),
                new LogSoftmax(1));
        model.forward(OnnxRuns.numbers(5, 4, 3, 17, 15));

        OnnxRuns.assertSame(
                model, Shape.of(1, 3, 17, 15), OnnxRuns.numbers(1, 1, 3, 17, 15), OnnxRuns.numbers(2, 6, 3, 17, 15));
    }

    @Test
    void layersThatStandInTwoPlaces() {
        Layer square = new Linear(6, 6, new Generator(3));
        Layer norm = new BatchNorm1d(6);
        Layer model = new Sequential(square, new Tanh(), square, norm, norm, new Sequential(square));
        model.forward(OnnxRuns.numbers(5, 9, 6));

        OnnxRuns.assertSame(model, Shape.of(1, 6), OnnxRuns.numbers(1, 4, 6));
    }

    @Test
    void layersThatShareTheirNumbersInDifferentShapes() {
        Tensor numbers = OnnxRuns.numbers(4, 2, 3);
        Layer model = new Sequential(Linear.of(numbers), Linear.of(numbers.reshape(3, 2)), Linear.of(numbers));

        OnnxRuns.assertSame(model, Shape.of(1, 3), OnnxRuns.numbers(1, 4, 3));
    }

    @Test
    void aModelThatWasReadFromAPackage() throws IOException {
        Packages.digits().write(folder.resolve("digits"));
        Layer model = ModelPackage.read(folder.resolve("digits")).model();

        OnnxRuns.assertSame(model, Shape.of(1, 1, 8, 8), OnnxRuns.numbers(1, 7, 1, 8, 8));

        Packages.writer().write(folder.resolve("tales"));
        ModelPackage tales = ModelPackage.read(folder.resolve("tales"));
        OnnxRuns.assertSame(
                tales.model(),
                Shape.of(1, 1),
                OnnxRuns.ids(1, tales.gpt().config().vocabularySize(), 3, 16));
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void anyNetworkComputesTheSame(
            @ForAll @Size(max = 8) List<@IntRange(max = 11) Integer> choices,
            @ForAll @IntRange(min = 1, max = 3) int channels,
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 1, max = 9) int columns,
            @ForAll long seed) {
        Generator generator = new Generator(seed);
        Tensor x = OnnxRuns.numbers(seed, 3, channels, rows, columns);
        List<Layer> layers = new ArrayList<>();
        Shape shape = x.shape();
        for (int choice : choices) {
            Layer layer = shape.rank() == 4 ? ofImages(choice, shape, generator) : ofRows(choice, shape, generator);
            layers.add(layer);
            shape = layer.forward(OnnxRuns.numbers(seed, shape.dims())).shape(); // moves running averages too
        }
        Layer model = new Sequential(layers.toArray(Layer[]::new));

        OnnxRuns.assertSame(model, Shape.of(1, channels, rows, columns), x);
    }

    private static Layer ofImages(int choice, Shape x, Generator generator) {
        int channels = x.dim(1);
        int rows = 1 + generator.nextInt(Math.min(3, x.dim(2)));
        int columns = 1 + generator.nextInt(Math.min(3, x.dim(3)));
        return switch (choice) {
            case 0 ->
                Conv2d.builder(channels, 2 * channels, rows, columns)
                        .groups(generator.nextInt(2) == 0 ? 1 : channels)
                        .stride(1 + generator.nextInt(3), 1 + generator.nextInt(3))
                        .padding(generator.nextInt(3), generator.nextInt(3))
                        .build(generator);
            case 1 -> Conv2d.builder(channels, 3, rows, columns).same().relu().build(generator);
            case 2 -> new BatchNorm2d(channels);
            case 3 -> new MaxPool2d(window(rows, generator), window(columns, generator));
            case 4 -> new AvgPool2d(window(rows, generator), window(columns, generator));
            case 5 -> new AdaptiveAvgPool2d(1 + generator.nextInt(4), 1 + generator.nextInt(4));
            case 6 -> new GlobalAvgPool2d();
            case 7 -> new GlobalMaxPool2d();
            case 8 -> new Flatten();
            case 9 -> new Dropout2d(0.1, generator);
            case 10 -> new Linear(x.dim(3), 4, generator);
            default -> new GELU();
        };
    }

    private static Window window(int size, Generator generator) {
        return new Window(
                size, 1 + generator.nextInt(3), 1, generator.nextInt(1 + size / 2), generator.nextInt(1 + size / 2));
    }

    private static Layer ofRows(int choice, Shape x, Generator generator) {
        return switch (choice) {
            case 0, 1, 2, 3 -> new Linear(x.dim(1), 1 + generator.nextInt(6), generator.nextInt(2) == 0, generator);
            case 4, 5 -> new BatchNorm1d(x.dim(1));
            case 6 -> new Softmax(1);
            case 7 -> new SiLU();
            case 8 -> new Flatten(1);
            case 9 -> new Dropout(0.1, generator);
            case 10 -> new Tanh();
            default -> new ReLU();
        };
    }
}
