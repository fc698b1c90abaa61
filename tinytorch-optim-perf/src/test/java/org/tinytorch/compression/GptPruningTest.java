package org.tinytorch.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.tinytorch.compression.Shaken.outputs;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.attention.MultiHeadAttention;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.caching.GptCache;
import org.tinytorch.nn.GELU;
import org.tinytorch.nn.Identity;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.nn.Softmax;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.transformer.FeedForward;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;

/** Heads and hidden units of both styles of GPT. */
class GptPruningTest {
    private static final double ROUNDING = 1e-12;
    private static final int VOCABULARY = 11;
    private static final int CONTEXT = 6;
    private static final int WIDTH = 8;
    private static final int HEADS = 4;

    private static final Tensor IDS = Tensors.randint(new Generator(2), VOCABULARY, 2, CONTEXT);

    static Stream<GptConfig> configs() {
        GptConfig gpt2 = GptConfig.gpt2(VOCABULARY, CONTEXT, 2, HEADS, WIDTH);
        GptConfig llama = GptConfig.llama(VOCABULARY, CONTEXT, 2, HEADS, WIDTH);
        return Stream.of(gpt2, gpt2.keyValueHeads(2).bias(false), llama, llama.keyValueHeads(2));
    }

    private static Gpt model(GptConfig config) {
        return Shaken.of(new Gpt(config, new Generator(1)));
    }

    private static void isTheMaskedModel(Gpt model, StructuredPruner pruner, KeptUnits kept) {
        long parameters = model.parameterCount();
        Tensor whole = outputs(model, IDS);
        pruner.mask(kept);
        Tensor masked = outputs(model, IDS);

        pruner.rewire(kept);
        Tensor small = outputs(model, IDS);

        assertThat(small.allClose(masked, 0, ROUNDING))
                .as("rewired: %s%nmasked: %s", small, masked)
                .isTrue();
        assertThat(small.allClose(whole, 0, 1e-3))
                .as("the mask changes something")
                .isFalse();
        assertThat(model.parameterCount()).as("parameters").isLessThan(parameters);
    }

    @ParameterizedTest
    @MethodSource("configs")
    void withoutSomeHeadsItIsTheMaskedModel(GptConfig config) {
        Gpt model = model(config);
        HeadPruner pruner = new HeadPruner(model);

        isTheMaskedModel(model, pruner, pruner.strongest(0.5));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void withoutSomeHiddenUnitsItIsTheMaskedModel(GptConfig config) {
        Gpt model = model(config);
        HiddenUnitPruner pruner = new HiddenUnitPruner(model);

        isTheMaskedModel(model, pruner, pruner.strongest(0.3));
    }

    @Test
    void blocksCanKeepDifferentHeads() {
        Gpt model = model(GptConfig.gpt2(VOCABULARY, CONTEXT, 2, HEADS, WIDTH).keyValueHeads(HEADS));

        isTheMaskedModel(
                model,
                new HeadPruner(model),
                new KeptUnits(Map.of("blocks.0.attention", List.of(3), "blocks.1.attention", List.of(0, 1, 3))));
        assertThat(((MultiHeadAttention) model.child("blocks.0.attention")).heads())
                .isEqualTo(1);
        assertThat(((MultiHeadAttention) model.child("blocks.1.attention")).heads())
                .isEqualTo(3);
    }

    @Test
    void headsThatShareKeysGoTogether() {
        Gpt model = model(GptConfig.llama(VOCABULARY, CONTEXT, 1, HEADS, WIDTH).keyValueHeads(2));
        new HeadPruner(model).rewire(new KeptUnits(Map.of("blocks.0.attention", List.of(1))));

        MultiHeadAttention attention = (MultiHeadAttention) model.child("blocks.0.attention");
        assertThat(attention.heads()).isEqualTo(2);
        assertThat(attention.keyValueHeads()).isEqualTo(1);
        assertThat(attention.headWidth()).isEqualTo(WIDTH / HEADS);
    }

    @Test
    void aHeadsScoreIsTheSumOfItsMagnitudes() {
        Gpt model = model(GptConfig.gpt2(VOCABULARY, CONTEXT, 1, HEADS, WIDTH).keyValueHeads(2));
        Layer attention = model.child("blocks.0.attention");
        Tensor packed =
                ((Linear) attention.child("queryKeyValue")).weight().detach().abs();
        Tensor output = ((Linear) attention.child("output")).weight().detach().abs();
        int d = WIDTH / HEADS;

        double last =
                Stream.of(packed.slice(0, 2 * d, 4 * d), packed.slice(0, 5 * d, 6 * d), packed.slice(0, 7 * d, 8 * d))
                                .mapToDouble(part -> part.sum().item())
                                .sum()
                        + output.slice(1, 2 * d, 4 * d).sum().item();

        double[] scores =
                new HeadPruner(model).scores().get("blocks.0.attention").data();
        assertThat(scores[1]).isCloseTo(last, within(ROUNDING));
        assertThat(scores[0] + scores[1])
                .as("every weight belongs to one unit")
                .isCloseTo(packed.sum().item() + output.sum().item(), within(1e-9));
    }

    @Test
    void everyMatrixOfTheGateBecomesSmaller() {
        Gpt model = model(GptConfig.llama(VOCABULARY, CONTEXT, 1, HEADS, WIDTH).hidden(5));

        new HiddenUnitPruner(model).rewire(new KeptUnits(Map.of("blocks.0.feedForward", List.of(0, 2, 4))));

        Layer feedForward = model.child("blocks.0.feedForward");
        assertThat(((Linear) feedForward.child("gate")).out()).isEqualTo(3);
        assertThat(((Linear) feedForward.child("up")).out()).isEqualTo(3);
        assertThat(((Linear) feedForward.child("down")).in()).isEqualTo(3);
    }

    @Test
    void aPrunedModelLearnsOn() {
        Gpt model = model(GptConfig.gpt2(VOCABULARY, CONTEXT, 1, HEADS, WIDTH));
        HeadPruner pruner = new HeadPruner(model);
        pruner.rewire(pruner.strongest(0.5));

        model.forward(IDS).sum().backward();

        assertThat(model.namedParameters())
                .allSatisfy((name, parameter) ->
                        assertThat(parameter.grad()).as(name).isPresent());
    }

    @Test
    void aCacheOfKeysAndValuesFitsThePrunedModel() {
        Gpt model = model(GptConfig.llama(VOCABULARY, CONTEXT, 2, HEADS, WIDTH).keyValueHeads(2));
        HeadPruner pruner = new HeadPruner(model);
        pruner.rewire(pruner.strongest(0.5));
        GptCache cache = GptCache.of(model);

        try (NoGrad scope = NoGrad.enter()) {
            Tensor whole = model.forward(IDS);
            Tensor inParts = Tensors.concat(
                    1,
                    model.forward(IDS.slice(1, 0, 2), cache.stores()),
                    model.forward(IDS.slice(1, 2, 3), cache.stores()),
                    model.forward(IDS.slice(1, 3, CONTEXT), cache.stores()));

            assertThat(inParts.allClose(whole, 0, ROUNDING)).isTrue();
        }
    }

    @Test
    void whatMixesHiddenUnitsIsRefused() {
        FeedForward layer = new FeedForward(4, 6, new Softmax(-1), true, new Generator(1));

        assertThatThrownBy(() -> new HiddenUnitPruner(layer).scores())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prune: hidden units of '' cannot be removed: Softmax may mix them");
    }

    @Test
    void aLayerThatIsNoLongerLinearIsRefused() {
        Gpt model = model(GptConfig.gpt2(VOCABULARY, CONTEXT, 1, HEADS, WIDTH));
        model.replaceChild("blocks.0.feedForward.shrink", new Identity());
        model.replaceChild("blocks.0.attention.output", new Identity());

        assertThatThrownBy(() -> new HiddenUnitPruner(model).scores())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "prune: hidden units of 'blocks.0.feedForward' cannot be removed:"
                                + " 'blocks.0.feedForward.shrink' is no Linear any more; prune before quantising or factorising");
        assertThatThrownBy(() -> new HeadPruner(model).scores())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prune: heads of 'blocks.0.attention' cannot be removed: 'output' is no Linear any more;"
                        + " prune before quantising or factorising");
    }

    @Test
    void attentionThatIsUsedTwiceIsRefused() {
        MultiHeadAttention shared = MultiHeadAttention.builder(WIDTH, HEADS).build(new Generator(1));

        assertThatThrownBy(() -> new HeadPruner(new Sequential(shared, shared)).scores())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prune: heads of '0' cannot be removed: '0.queryKeyValue.weight' is also used as"
                        + " '1.queryKeyValue.weight'; give each layer weights of its own");
    }

    @Test
    void feedForwardThatIsUsedTwiceIsRefused() {
        FeedForward shared = new FeedForward(WIDTH, 2 * WIDTH, new GELU(), true, new Generator(1));

        assertThatThrownBy(() -> new HiddenUnitPruner(new Sequential(shared, shared)).scores())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "prune: hidden units of '0' cannot be removed: '0\\.(\\w+)\\.weight' is also used as"
                                + " '1\\.\\1\\.weight'; give each layer weights of its own");
    }

    @Test
    void attentionByItselfIsRefused() {
        MultiHeadAttention attention = MultiHeadAttention.builder(WIDTH, HEADS).build(new Generator(1));

        assertThatThrownBy(() -> new HeadPruner(attention).scores())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prune: the model is itself an attention layer, which cannot be replaced;"
                        + " put it into a Sequential");
    }
}
