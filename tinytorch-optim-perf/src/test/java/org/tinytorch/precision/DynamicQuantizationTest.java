package org.tinytorch.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.caching.CachedLanguageModel;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.nn.Tanh;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;
import org.tinytorch.transformer.LanguageModel;

class DynamicQuantizationTest {
    private static final Quantizer EIGHT = Quantizer.symmetric(8).perChannel();

    static Stream<GptConfig> configs() {
        GptConfig gpt2 = GptConfig.gpt2(11, 8, 2, 2, 16);
        return Stream.of(gpt2, gpt2.tied(false), GptConfig.llama(11, 8, 2, 2, 16));
    }

    private static double error(Layer model, Layer twin, Tensor x) {
        try (NoGrad scope = NoGrad.enter()) {
            Tensor exact = model.forward(x);
            Tensor difference = twin.forward(x).sub(exact);
            return Math.sqrt(
                    difference.square().sum().item() / exact.square().sum().item());
        }
    }

    @ParameterizedTest
    @MethodSource("configs")
    void aGptSaysAlmostTheSame(GptConfig config) {
        Gpt model = new Gpt(config, new Generator(1));
        Gpt twin = new Gpt(config, new Generator(1));
        Tensor ids = Tensors.randint(new Generator(2), 11, 3, 8);

        int count = DynamicQuantization.apply(twin, EIGHT);

        assertThat(count).as("four linear layers in a block of GPT-2").isGreaterThanOrEqualTo(2 * 4 + 1);
        assertThat(error(model, twin, ids)).as("relative error of the logits").isBetween(1e-6, 0.02);
        assertThat(twin.toString()).doesNotContain(" Linear(").contains("QuantizedLinear", "QuantizedEmbedding");
    }

    @Test
    void fewerBitsAreFurtherOff() {
        Gpt model = new Gpt(GptConfig.gpt2(11, 8, 2, 2, 32), new Generator(1));
        Gpt eight = new Gpt(model.config(), new Generator(1));
        Gpt four = new Gpt(model.config(), new Generator(1));
        Gpt groups = new Gpt(model.config(), new Generator(1));
        Tensor ids = Tensors.randint(new Generator(2), 11, 3, 8);
        DynamicQuantization.apply(eight, EIGHT);
        DynamicQuantization.apply(four, Quantizer.symmetric(4).perChannel());
        DynamicQuantization.apply(groups, Quantizer.symmetric(4).perGroup(8));

        assertThat(error(model, four, ids)).isGreaterThan(4 * error(model, eight, ids));
        assertThat(error(model, groups, ids)).as("more scales").isLessThan(error(model, four, ids));
    }

    @Test
    void itWritesThroughACacheAsWithoutOne() {
        Gpt gpt = new Gpt(GptConfig.gpt2(11, 8, 2, 2, 16), new Generator(1));
        DynamicQuantization.apply(gpt, EIGHT);
        LanguageModel cached = CachedLanguageModel.of(gpt);
        LanguageModel plain = LanguageModel.of(gpt);

        for (int[] tokens : new int[][] {{1, 2, 3}, {1, 2, 3, 4}, {1, 2, 3, 4, 5}}) {
            assertThat(cached.next(tokens))
                    .as("each row is quantised for itself, whatever stands beside it")
                    .containsExactly(plain.next(tokens), org.assertj.core.api.Assertions.within(1e-12));
        }
    }

    @Test
    void whatCannotBeDoneIsRefusedAndNothingIsChanged() {
        Layer nothing = new Sequential(new Tanh());
        Layer mlp = new Sequential(new Linear(2, 3, new Generator(1)), new Linear(3, 2, new Generator(1)));
        mlp.stateDict().get("1.weight").mutableData()[0] = Double.POSITIVE_INFINITY;

        assertThatThrownBy(() -> DynamicQuantization.apply(nothing, EIGHT))
                .hasMessageContaining("no Linear and no Embedding");
        assertThatThrownBy(() -> DynamicQuantization.apply(mlp, Quantizer.asymmetric(8)))
                .hasMessageContaining("weights need a symmetric quantizer");
        assertThatThrownBy(() -> DynamicQuantization.apply(new Linear(2, 2, new Generator(1)), EIGHT))
                .hasMessageContaining("the model is a single layer");
        assertThatThrownBy(() -> DynamicQuantization.apply(mlp, EIGHT)).hasMessageContaining("Infinity");
        assertThat(mlp.child("0")).as("the first layer").isInstanceOf(Linear.class);
    }

    @Test
    void integersHaveNoGradient() {
        Layer layer = QuantizedLinear.of(new Linear(2, 3, new Generator(1)), EIGHT);
        Tensor x = Tensors.ones(1, 2).requiresGrad(true);

        assertThatThrownBy(() -> layer.forward(x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("integers have none");
    }

    @Test
    void aLayerThatIsUsedTwiceStaysOne() {
        Linear shared = new Linear(4, 4, new Generator(1));
        Layer model = new Sequential(shared, new Tanh(), shared);
        Layer twin = new Sequential(shared, new Tanh(), shared);

        assertThat(DynamicQuantization.apply(twin, EIGHT)).isEqualTo(1);

        assertThat(twin.child("0")).isInstanceOf(QuantizedLinear.class).isSameAs(twin.child("2"));
        assertThat(error(model, twin, Tensors.randn(new Generator(2), 3, 4))).isLessThan(0.05);
    }

    @Test
    void aResultThatNoTensorHoldsIsRefused() {
        int many = 70_000; // whose square is more than an int holds
        QuantizedTensor weight = EIGHT.quantize(Tensors.ones(many, 1));
        QuantizedLinear layer = new QuantizedLinear(weight, java.util.Optional.empty(), java.util.Optional.empty());

        assertThatThrownBy(() -> layer.forward(Tensors.ones(many, 1))).hasMessageContaining("2^31 - 1");
    }
}
