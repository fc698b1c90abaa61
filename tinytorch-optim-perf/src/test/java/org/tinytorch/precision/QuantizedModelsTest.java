package org.tinytorch.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;

class QuantizedModelsTest {
    private static final GptConfig CONFIG = GptConfig.gpt2(11, 8, 2, 2, 16);

    @TempDir
    private Path folder;

    private static Tensor evaluate(Layer model, Tensor x) {
        try (NoGrad scope = NoGrad.enter()) {
            return model.eval().forward(x);
        }
    }

    static Stream<Quantizer> quantizers() {
        return Stream.of(
                Quantizer.symmetric(8).perChannel(),
                Quantizer.symmetric(8),
                Quantizer.symmetric(4).perGroup(8),
                Quantizer.symmetric(3).perChannel());
    }

    @ParameterizedTest
    @MethodSource("quantizers")
    void whatIsReadIsWhatWasWritten(Quantizer quantizer) throws IOException {
        Gpt model = new Gpt(CONFIG, new Generator(1));
        Precision.FLOAT32
                .store(model.stateDict())
                .forEach((name, raw) -> model.stateDict().get(name).copyFrom(raw.tensor()));
        DynamicQuantization.apply(model, quantizer);
        Path file = folder.resolve("gpt.safetensors");
        QuantizedModels.save(model, file, Precision.FLOAT32);
        Tensor ids = Tensors.randint(new Generator(2), 11, 2, 8);

        Gpt again = new Gpt(CONFIG, new Generator(9));
        QuantizedModels.load(again, file);

        assertThat(evaluate(again, ids).data()).isEqualTo(evaluate(model, ids).data());
        long bytes = QuantizedModels.bytes(model, Precision.FLOAT32);
        assertThat(Files.size(file)).as("the numbers and a header").isBetween(bytes, bytes + 20_000);
    }

    @Test
    void aFileIsAQuarterAsLargeAsInSinglePrecision() {
        Gpt model = new Gpt(GptConfig.gpt2(100, 8, 1, 2, 64), new Generator(1));
        long before = QuantizedModels.bytes(model, Precision.FLOAT32);
        assertThat(before).isEqualTo(4 * model.parameterCount());

        DynamicQuantization.apply(model, Quantizer.symmetric(8).perChannel());

        assertThat((double) before / QuantizedModels.bytes(model, Precision.FLOAT32))
                .isBetween(3.3, 4.0);
    }

    @Test
    void convolutionsBetweenOtherLayersAreKeptToo() throws IOException {
        Generator generator = new Generator(1);
        Layer model = new Sequential(
                Conv2d.builder(2, 6, 3).relu().build(generator),
                new BatchNorm2d(6),
                new Flatten(),
                new Linear(24, 3, generator));
        Tensor x = Tensors.rand(generator, 2, 2, 4, 4);
        Layer quantised = QuantizedConv2d.of(
                (Conv2d) model.child("0"),
                Quantizer.symmetric(8).perChannel(),
                Quantizer.asymmetric(8).choose(0, 1));
        Tensor exact = evaluate(model, x);
        Layer old = model.replaceChild("0", quantised);
        Path file = folder.resolve("cnn.safetensors");
        QuantizedModels.save(model, file, Precision.FLOAT32);
        assertThat(evaluate(model, x).allClose(exact, 0.05, 0.05))
                .as("almost the same")
                .isTrue();

        Layer again = new Sequential(old, new BatchNorm2d(6), new Flatten(), new Linear(24, 3, new Generator(7)));
        QuantizedModels.load(again, file);

        assertThat(again.child("0")).isInstanceOf(QuantizedConv2d.class);
        assertThat(evaluate(again, x).allClose(evaluate(model, x), 1e-6, 1e-6)).isTrue();
    }

    @Test
    void aFileOfAnotherModelChangesNothing() throws IOException {
        Gpt model = new Gpt(CONFIG, new Generator(1));
        DynamicQuantization.apply(model, Quantizer.symmetric(8));
        Path file = folder.resolve("gpt.safetensors");
        QuantizedModels.save(model, file, Precision.FLOAT16);

        Gpt wider = new Gpt(CONFIG.hidden(40), new Generator(1));
        Gpt untied = new Gpt(CONFIG.tied(false), new Generator(1));
        String before = wider.toString();

        assertThatThrownBy(() -> QuantizedModels.load(wider, file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has a weight of shape (64, 16) in the file and (40, 16) in the model");
        assertThatThrownBy(() -> QuantizedModels.load(untied, file))
                .hasMessageContaining("the file has no head.weight")
                .hasMessageContaining("nothing was loaded");
        assertThat(wider.toString()).isEqualTo(before);
        assertThat(untied.child("head")).isInstanceOf(Linear.class);
        assertThatThrownBy(() -> QuantizedModels.load(model, file))
                .as("a model that is quantised already")
                .hasMessageContaining("is a QuantizedEmbedding in this model");
    }
}
