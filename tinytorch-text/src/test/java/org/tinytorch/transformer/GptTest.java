package org.tinytorch.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tinytorch.attention.Agreement.assertAgrees;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.attention.KeyValueStore;
import org.tinytorch.attention.MultiHeadAttention;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.GELU;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class GptTest {
    private static final String CONFIGS = "org.tinytorch.transformer.SmallGpts#all";
    private static final int PLACES = 5;

    @ParameterizedTest
    @MethodSource(CONFIGS)
    void givesLogitsOfEachTokenAtEachPlace(GptConfig config) {
        Gpt model = new Gpt(config, new Generator(1));

        assertThat(model.forward(SmallGpts.ids(3, PLACES)).shape())
                .isEqualTo(Shape.of(3, PLACES, config.vocabularySize()));
        assertThat(model.forward(SmallGpts.ids(1, config.contextLength())).shape())
                .as("the whole context")
                .isEqualTo(Shape.of(1, config.contextLength(), config.vocabularySize()));
        assertThat(model.config()).isEqualTo(config);
    }

    @ParameterizedTest
    @MethodSource(CONFIGS)
    void lastIsTheLastRowOfAll(GptConfig config) {
        Gpt model = SmallGpts.shaken(config);
        Tensor ids = SmallGpts.ids(3, PLACES);

        assertAgrees("last", model.last(ids), model.forward(ids).select(1, PLACES - 1));
    }

    @ParameterizedTest
    @MethodSource(CONFIGS)
    void piecesGiveWhatTheWholeGives(GptConfig config) {
        Gpt model = SmallGpts.shaken(config);
        Tensor ids = SmallGpts.ids(2, PLACES);
        Tensor whole = model.forward(ids);

        List.of(List.of(PLACES), List.of(3, 2), List.of(1, 1, 1, 1, 1), List.of(1, 4))
                .forEach(sizes -> assertAgrees("in pieces of " + sizes, inPieces(model, ids, sizes), whole));
    }

    private static Tensor inPieces(Gpt model, Tensor ids, List<Integer> sizes) {
        List<KeyValueStore> stores = SmallGpts.stores(model.config());
        List<Tensor> logits = new ArrayList<>();
        int from = 0;
        for (int size : sizes) {
            logits.add(model.forward(ids.slice(1, from, from + size), stores));
            from += size;
        }
        return Tensors.concat(1, logits.toArray(Tensor[]::new));
    }

    @ParameterizedTest
    @MethodSource(CONFIGS)
    void theTextsOfABatchDoNotTouchEachOther(GptConfig config) {
        Gpt model = SmallGpts.shaken(config);
        Tensor ids = SmallGpts.ids(3, PLACES);
        Tensor together = model.forward(ids);

        for (int b = 0; b < 3; b++) {
            assertAgrees("text " + b + " alone", model.forward(ids.slice(0, b, b + 1)), together.slice(0, b, b + 1));
        }
    }

    @Test
    void theSeedDecidesOnTheWeights() {
        Tensor ids = SmallGpts.ids(1, PLACES);
        double[] logits =
                new Gpt(SmallGpts.gpt2(), new Generator(1)).forward(ids).data();

        assertThat(new Gpt(SmallGpts.gpt2(), new Generator(1)).forward(ids).data())
                .as("the same seed")
                .containsExactly(logits);
        assertThat(new Gpt(SmallGpts.gpt2(), new Generator(2)).forward(ids).data())
                .as("another seed")
                .isNotEqualTo(logits);
    }

    @Test
    void dropoutIsForTrainingOnly() {
        Gpt model = SmallGpts.shaken(SmallGpts.gpt2().dropout(0.5));
        Gpt without = SmallGpts.shaken(SmallGpts.gpt2());
        without.loadStateDict(model.stateDict());
        Tensor ids = SmallGpts.ids(1, PLACES);

        assertThat(model.forward(ids).data())
                .as("two passes in training")
                .isNotEqualTo(model.forward(ids).data());
        model.eval();
        assertAgrees("in evaluation", model.forward(ids), without.forward(ids));
    }

    @Test
    void dropoutIsAtTheBottomInTheAttentionAndInTheBlocks() {
        double p = 0.5;
        Gpt model = new Gpt(SmallGpts.gpt2().dropout(p), new Generator(1));
        List<Tensor> bottom = new ArrayList<>();
        model.child("blocks").onForward((path, layer, x, y) -> bottom.add(x));

        model.forward(SmallGpts.ids(2, PLACES));

        assertThat(bottom.get(0).data()).as("input of the blocks").contains(0);
        assertThat(((MultiHeadAttention) model.child("blocks.1.attention")).generators())
                .as("generators of an attention with dropout")
                .hasSize(1);
        assertThat(((Dropout) model.child("blocks.1.dropout")).p()).isEqualTo(p);
    }

    @ParameterizedTest
    @MethodSource(CONFIGS)
    void goesThroughItsChildrenInTurn(GptConfig config) {
        Gpt model = SmallGpts.shaken(config);
        Tensor ids = SmallGpts.ids(2, PLACES);

        Tensor x = model.child("tokens").forward(ids);
        x = config.style() == GptConfig.Style.GPT2 ? model.child("positions").forward(x) : x;
        for (int i = 0; i < config.layers(); i++) {
            x = model.child("blocks." + i).forward(x);
        }
        x = model.child("norm").forward(x);
        Tensor table = model.stateDict().get(config.tied() ? "tokens.weight" : "head.weight");

        assertAgrees("logits", model.forward(ids), x.matmul(table.transpose()));
    }

    @Test
    void theStyleDecidesOnTheParts() {
        Gpt gpt2 = new Gpt(SmallGpts.gpt2(), new Generator(1));
        Gpt llama = new Gpt(SmallGpts.llama(), new Generator(1));

        assertThat(gpt2.child("norm")).isInstanceOf(LayerNorm.class);
        assertThat(gpt2.child("blocks.0.norm2")).isInstanceOf(LayerNorm.class);
        assertThat(gpt2.child("blocks.0.feedForward.activation")).isInstanceOf(GELU.class);
        assertThat(llama.child("norm")).isInstanceOf(RMSNorm.class);
        assertThat(llama.child("blocks.0.norm2")).isInstanceOf(RMSNorm.class);
        assertThat(llama.child("blocks.0.feedForward")).isInstanceOf(SwiGLU.class);
    }

    @Test
    void aTiedModelHasNoLastLayer() {
        Gpt tied = new Gpt(SmallGpts.gpt2(), new Generator(1));
        Gpt apart = new Gpt(SmallGpts.llama().tied(false), new Generator(1));

        assertThat(tied.children().keySet()).containsExactly("tokens", "positions", "dropout", "blocks", "norm");
        assertThat(apart.children().keySet()).containsExactly("tokens", "dropout", "blocks", "norm", "head");
    }

    @Test
    void itsPrintBeginsWithItsOptions() {
        assertThat(new Gpt(SmallGpts.gpt2(), new Generator(1)).toString())
                .startsWith(
                        "Gpt(vocabulary=" + SmallGpts.VOCABULARY + ", context=" + SmallGpts.CONTEXT + ", GPT2, tied\n");
        assertThat(new Gpt(SmallGpts.llama().tied(false), new Generator(1)).toString())
                .startsWith("Gpt(vocabulary=" + SmallGpts.VOCABULARY + ", context=" + SmallGpts.CONTEXT + ", LLAMA\n");
    }
}
