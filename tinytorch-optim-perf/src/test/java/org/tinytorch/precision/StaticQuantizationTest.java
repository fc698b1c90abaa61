package org.tinytorch.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.GELU;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.GlobalAvgPool2d;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Batch;

class StaticQuantizationTest {
    private final Generator generator = new Generator(1);
    private final Tensor images = Tensors.randn(generator, 16, 3, 8, 8);
    private final List<Batch> data = List.of(new Batch(images, Tensors.zeros(16)));
    private final StaticQuantization quantization = StaticQuantization.with(Calibrator.minMax());

    /** A network with running averages that are not 0 and 1. */
    private Layer cnn() {
        Layer model = new Sequential(
                new Sequential(
                        Conv2d.builder(3, 16, 3).same().noBias().build(generator),
                        new BatchNorm2d(16),
                        new ReLU(),
                        new MaxPool2d(2)),
                new Sequential(
                        Conv2d.builder(16, 20, 3).stride(2).relu().build(generator), new Dropout(0.5, generator)),
                new Flatten(),
                new Linear(20, 12, generator),
                new ReLU(),
                new Linear(12, 4, generator));
        model.forward(images);
        Tensor weight = model.stateDict().get("0.1.weight");
        weight.copyFrom(Tensors.randn(generator, 16));
        return model.eval();
    }

    private static Tensor evaluate(Layer model, Tensor x) {
        try (NoGrad scope = NoGrad.enter()) {
            return model.forward(x);
        }
    }

    @Test
    void foldingChangesNothing() {
        Layer model = cnn();
        Tensor x = images;
        for (FoldedStep step : Folding.of(model)) {
            x = step.forward(x);
        }

        assertThat(x.allClose(evaluate(model, images), 1e-12, 1e-12)).isTrue();
    }

    @Test
    void theIntegersSayAlmostTheSame() {
        Layer model = cnn();
        Layer small = quantization.convert(model, data);

        Tensor exact = evaluate(model, images);
        double error = evaluate(small, images).sub(exact).square().mean().item();
        double signal = exact.sub(exact.mean()).square().mean().item();

        assertThat(10 * Math.log10(signal / error))
                .as("signal to noise in dB, where 8 bits alone have some 40")
                .isGreaterThan(25);
    }

    @Test
    void theMeanOfEachChannelIsPossibleToo() {
        Layer model = new Sequential(
                        Conv2d.builder(3, 8, 3).relu().build(generator),
                        new GlobalAvgPool2d(),
                        new Linear(8, 2, generator))
                .eval();

        Tensor small = evaluate(quantization.convert(model, data), images);

        assertThat(small.allClose(evaluate(model, images), 0.05, 0.05)).isTrue();
    }

    @Test
    void aRectifierBehindAPoolingIsTheSameAsOneBefore() {
        Layer behind = new Sequential(Conv2d.builder(3, 8, 3).build(generator), new MaxPool2d(2), new ReLU());
        Layer before = new Sequential(behind.child("0"), new ReLU(), new MaxPool2d(2));

        assertThat(evaluate(quantization.convert(behind, data), images).data())
                .isEqualTo(evaluate(quantization.convert(before, data), images).data());
    }

    @Test
    void theModelIsLeftAlone() {
        Layer model = cnn();
        Tensor before = evaluate(model, images);
        quantization.convert(model, data);

        assertThat(evaluate(model, images).data()).isEqualTo(before.data());
    }

    @Test
    void aFileHoldsTheWholeNetwork(@TempDir Path folder) throws IOException {
        QuantizedNetwork small = quantization.convert(cnn(), data);
        Path file = folder.resolve("small.safetensors");
        small.write(file);

        QuantizedNetwork again = QuantizedNetwork.read(file);

        assertThat(again.bytes()).isEqualTo(small.bytes());
        assertThat(evaluate(again, images).data())
                .as("scales and biases are already those of the file")
                .isEqualTo(evaluate(small, images).data());
        assertThat(Files.size(file))
                .as("a little more than the numbers")
                .isBetween(small.bytes(), small.bytes() + 4096);
    }

    @Test
    void scalesAndBiasesTakeTwoBytesEachButForTheLastBiases() {
        Layer model = new Sequential(
                Conv2d.builder(3, 8, 3).build(generator),
                new ReLU(),
                new Flatten(),
                new Linear(8 * 6 * 6, 10, generator));

        QuantizedNetwork small = quantization.convert(model, data);

        int weights = 8 * 3 * 9 + 8 * 6 * 6 * 10;
        assertThat(small.bytes()).isEqualTo(weights + 2 * (8 + 10) + 2 * 8 + 4 * 10);
    }

    @Test
    void aBiasThatSixteenBitsDoNotHoldIsKeptInFour() {
        Conv2d convolution = Conv2d.builder(3, 1, 3).build(generator);
        Layer model = new Sequential(convolution, new ReLU(), new Flatten(), new Linear(36, 1, generator));
        convolution.bias().orElseThrow().mutableData()[0] = 70_000; // half precision ends at 65,504
        int weights = 27 + 36;

        QuantizedNetwork small = quantization.convert(model, data);

        assertThat(small.bytes()).isEqualTo(weights + 2 * (1 + 1) + 4 + 4);
        assertThat(evaluate(small, images).data()).doesNotContain(Double.POSITIVE_INFINITY, Double.NaN);
    }

    @Test
    void anotherFileIsRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("other.safetensors");
        new org.tinytorch.training.SafeTensors(cnn().stateDict()).write(file);

        assertThatThrownBy(() -> QuantizedNetwork.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other.safetensors")
                .hasMessageContaining("does not say that it holds a quantised network");
    }

    @Test
    void whatHasNoCounterpartIsNamed() {
        Layer gelu = new Sequential(new Sequential(new Linear(3, 4, generator), new GELU()));
        Layer groups = new Sequential(Conv2d.builder(4, 4, 3).groups(2).build(generator));
        Layer alone = new Sequential(new BatchNorm2d(3), Conv2d.builder(3, 4, 3).build(generator));
        Layer nothing = new Sequential(new Flatten());
        Layer padded = new Sequential(Conv2d.builder(3, 4, 3).build(generator), new MaxPool2d(3, 1, 1));

        assertThatThrownBy(() -> quantization.convert(gelu, data)).hasMessageContaining("layer '0.1' (GELU)");
        assertThatThrownBy(() -> quantization.convert(groups, data)).hasMessageContaining("layer '0' has 2 groups");
        assertThatThrownBy(() -> quantization.convert(alone, data))
                .hasMessageContaining("the batch normalisation '0' does not follow");
        assertThatThrownBy(() -> quantization.convert(padded, List.of()))
                .hasMessageContaining("the max pool '1' has padding");
        assertThatThrownBy(() -> quantization.convert(nothing, data)).hasMessageContaining("no Conv2d and no Linear");
        assertThatThrownBy(() -> quantization.convert(cnn(), List.of()))
                .hasMessageContaining("there is no batch in the data");
    }

    @Test
    void weightsThatAreNoNumbersAreRefused() {
        Layer model = cnn();
        model.stateDict().get("3.weight").mutableData()[5] = Double.NaN;

        assertThatThrownBy(() -> quantization.convert(model, data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is NaN");
    }

    @Test
    void theResultHasTheShapeOfTheModels() {
        Layer maps = new Sequential(Conv2d.builder(3, 4, 8).build(generator)); // 8 by 8 places become one
        Layer features = new Sequential(maps.child("0"), new Flatten(), new Linear(4, 2, generator));

        assertThat(evaluate(quantization.convert(maps, data), images).shape())
                .isEqualTo(evaluate(maps, images).shape());
        assertThat(evaluate(quantization.convert(features, data), images).shape())
                .isEqualTo(evaluate(features, images).shape());
    }
}
