package org.tinytorch.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.DataType;
import org.tinytorch.training.RawTensor;
import org.tinytorch.training.RawTensors;
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
        Map<String, Tensor> weights = copy(wider.stateDict());
        Map<String, Tensor> others = copy(untied.stateDict());

        assertThatThrownBy(() -> QuantizedModels.load(wider, file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has a weight of shape (64, 16) in the file and (40, 16) in the model");
        assertThatThrownBy(() -> QuantizedModels.load(untied, file))
                .hasMessageContaining("missing: head.weight")
                .hasMessageContaining("nothing was loaded");
        assertThat(wider.toString()).isEqualTo(before);
        assertThat(untied.child("head")).isInstanceOf(Linear.class);
        assertSameNumbers(wider.stateDict(), weights);
        assertSameNumbers(untied.stateDict(), others);
        assertThatThrownBy(() -> QuantizedModels.load(model, file))
                .as("a model that is quantised already")
                .hasMessageContaining("is a QuantizedEmbedding in this model");
    }

    private static Map<String, Tensor> copy(Map<String, Tensor> state) {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        state.forEach((name, tensor) -> copies.put(name, tensor.copy()));
        return copies;
    }

    private static void assertSameNumbers(Map<String, Tensor> actual, Map<String, Tensor> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (name, tensor) -> assertThat(actual.get(name).data()).as(name).isEqualTo(tensor.data()));
    }

    private static Layer mlp() {
        return new Sequential(new Linear(3, 4, new Generator(1)), new Linear(4, 2, false, new Generator(2)));
    }

    /** One entry of a good file in another form; empty: left out. */
    private record Damage(String entry, Optional<RawTensor> instead, String message) {}

    static Stream<Damage> damages() {
        RawTensor one = RawTensor.of(Tensors.of(1), DataType.F32);
        return Stream.of(
                new Damage("0.weight", Optional.empty(), "there is no weight"),
                new Damage(
                        "0.weight",
                        Optional.of(new RawTensor(DataType.U8, Shape.of(4, 3), new byte[12])),
                        "weight is kept in U8, but must be in I8"),
                new Damage(
                        "0.weight.scale",
                        Optional.of(RawTensor.of(Tensors.of(1, 1, 1, Double.NaN), DataType.F32)),
                        "a scale of NaN is not possible"),
                new Damage(
                        "0.weight.scale",
                        Optional.of(RawTensor.of(Tensors.ones(5), DataType.F32)),
                        "12 integers do not divide into 5 parts"),
                new Damage(
                        "0.weight.scale",
                        Optional.of(RawTensor.of(Tensors.ones(4), DataType.F64)),
                        "weight.scale is kept in F64, but must be in F32, F16 or BF16"),
                new Damage("0.weight.bits", Optional.of(one), "weight.bits is 1, but must be 2 to 8"),
                new Damage(
                        "0.weight.bits",
                        Optional.of(RawTensor.of(Tensors.of(Double.NaN), DataType.F32)),
                        "weight.bits holds NaN, which is no whole number"),
                new Damage(
                        "0.weight.bits",
                        Optional.of(RawTensor.of(Tensors.of(4, 4), DataType.F32)),
                        "weight.bits holds 2 numbers"),
                new Damage("0.bias", Optional.empty(), "'0' has a bias in one of file and model"),
                new Damage("1.bias", Optional.of(one), "'1' has a bias in one of file and model"),
                new Damage("0.nonsense", Optional.of(one), "'0' has [nonsense] in the file"),
                new Damage("elsewhere", Optional.of(one), "unexpected: elsewhere"));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void aDamagedFileIsRefusedByNameAndChangesNothing(Damage damage) throws IOException {
        Layer model = mlp();
        DynamicQuantization.apply(model, Quantizer.symmetric(8).perChannel());
        Path file = folder.resolve("mlp.safetensors");
        QuantizedModels.save(model, file, Precision.FLOAT32);
        RawTensors good = RawTensors.read(file);
        Map<String, RawTensor> entries = new LinkedHashMap<>(good.tensors());
        entries.remove(damage.entry());
        damage.instead().ifPresent(other -> entries.put(damage.entry(), other));
        new RawTensors(entries, good.metadata()).write(file);
        Layer again = mlp();
        Map<String, Tensor> before = copy(again.stateDict());

        assertThatThrownBy(() -> QuantizedModels.load(again, file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(damage.message());
        assertSameNumbers(again.stateDict(), before);
    }

    @Test
    void aLayerThatIsUsedTwiceIsKeptOnce() throws IOException {
        Linear shared = new Linear(4, 4, new Generator(1));
        Layer model = new Sequential(shared, shared);
        DynamicQuantization.apply(model, Quantizer.symmetric(8));
        Path file = folder.resolve("shared.safetensors");
        QuantizedModels.save(model, file, Precision.FLOAT32);
        Linear other = new Linear(4, 4, new Generator(2));
        Layer again = new Sequential(other, other);

        QuantizedModels.load(again, file);

        assertThat(again.child("1")).isInstanceOf(QuantizedLinear.class).isSameAs(again.child("0"));
    }

    @Test
    void theLeastIntegerOfAByteComesBack() throws IOException {
        Quantization all = new Quantization(0.5, 0, -128, 127);
        QuantizedTensor weight = new QuantizedTensor(new byte[] {-128, 127}, Shape.of(1, 2), 8, java.util.List.of(all));
        Layer model = new Sequential(new QuantizedLinear(weight, Optional.empty(), Optional.empty()));
        Path file = folder.resolve("least.safetensors");
        QuantizedModels.save(model, file, Precision.FLOAT32);
        Layer again = new Sequential(new Linear(2, 1, false, new Generator(1)));

        QuantizedModels.load(again, file);

        assertThat(((QuantizedLinear) again.child("0")).weight().values()).containsExactly(-128, 127);
    }

    @Test
    void whatHasAFileOfItsOwnIsNotLostInSilence() {
        Layer network = new QuantizedNetwork(SmallNetworks.network(new Generator(1), 2, 3, 1));
        Path file = folder.resolve("network.safetensors");

        assertThatThrownBy(() -> QuantizedModels.save(new Sequential(network), file, Precision.FLOAT32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'0' is a QuantizedNetwork")
                .hasMessageContaining("QuantizedNetwork.write");
        assertThat(file).doesNotExist();
    }

    @Test
    void aSingleLayerCannotBeReplaced() throws IOException {
        Layer quantised = QuantizedLinear.of(new Linear(2, 1, new Generator(1)), Quantizer.symmetric(8));
        Path file = folder.resolve("single.safetensors");
        QuantizedModels.save(quantised, file, Precision.FLOAT32);

        assertThatThrownBy(() -> QuantizedModels.load(new Linear(2, 1, new Generator(1)), file))
                .hasMessageContaining("the model is a single layer");
    }
}
