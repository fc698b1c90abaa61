package org.tinytorch.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.attention.MultiHeadAttention;
import org.tinytorch.embedding.Embedding;
import org.tinytorch.embedding.RotaryEmbedding;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** What any language model must do, whatever its weights; and that each of these checks finds a model that does not. */
class GptBehaviourTest {
    private static final String CONFIGS = "org.tinytorch.transformer.SmallGpts#all";
    /** Rounding alone changes less. */
    private static final double NOTHING = 1e-12;
    /** What is really seen changes more. */
    private static final double CLEARLY = 1e-6;

    private static final Tensor TEXT = Tensors.of(new double[][] {{3, 1, 4, 0, 5}});
    private static final int LAST = TEXT.dim(1) - 1;
    private static final int NEW_TOKEN = 9;

    private static final int WIDTH = 8;
    private static final int HEADS = 2;

    // ---- the checks; a model makes ids (1, T) into (1, T, …)

    private static void checkFutureIsUnseen(UnaryOperator<Tensor> model) {
        for (int place = 1; place <= LAST; place++) {
            double[] change = change(model, replaced(TEXT, place, NEW_TOKEN));
            for (int before = 0; before < place; before++) {
                assertThat(change[before])
                        .as("change at place %d when the token at place %d changes", before, place)
                        .isLessThan(NOTHING);
            }
        }
    }

    private static void checkPastIsSeen(UnaryOperator<Tensor> model) {
        for (int place = 0; place < LAST; place++) {
            double[] change = change(model, replaced(TEXT, place, NEW_TOKEN));
            for (int after = place + 1; after <= LAST; after++) {
                assertThat(change[after])
                        .as("change at place %d when the token at place %d changes", after, place)
                        .isGreaterThan(CLEARLY);
            }
        }
    }

    private static void checkOrderIsSeen(UnaryOperator<Tensor> model) {
        for (int i = 0; i < LAST; i++) {
            for (int j = i + 1; j < LAST; j++) {
                assertThat(change(model, swapped(i, j))[LAST])
                        .as("change at the last place when the tokens at places %d and %d change places", i, j)
                        .isGreaterThan(CLEARLY);
            }
        }
    }

    /** By how much what the model makes of each place differs from what it makes of {@link #TEXT}. */
    private static double[] change(UnaryOperator<Tensor> model, Tensor ids) {
        return model.apply(ids).sub(model.apply(TEXT)).abs().max(2).flatten().data();
    }

    private static Tensor replaced(Tensor ids, int place, double token) {
        Tensor other = ids.copy();
        other.set(token, 0, place);
        return other;
    }

    private static Tensor swapped(int i, int j) {
        return replaced(replaced(TEXT, i, TEXT.get(0, j)), j, TEXT.get(0, i));
    }

    // ---- good models

    @ParameterizedTest
    @MethodSource(CONFIGS)
    void aTokenIsSeenFromLaterPlacesOnly(GptConfig config) {
        Gpt model = SmallGpts.shaken(config);

        checkFutureIsUnseen(model::forward);
        checkPastIsSeen(model::forward);
    }

    @ParameterizedTest
    @MethodSource("org.tinytorch.transformer.SmallGpts#singleBlocks")
    void theOrderOfThePastIsSeen(GptConfig config) {
        checkOrderIsSeen(SmallGpts.shaken(config)::forward);
    }

    // ---- broken models

    @ParameterizedTest
    @MethodSource(CONFIGS)
    void aModelWithABlockThatLooksAheadIsFound(GptConfig config) {
        Gpt model = SmallGpts.shaken(config);
        model.replaceChild(
                "blocks.1.attention",
                MultiHeadAttention.builder(config.width(), config.heads()).build(new Generator(3)));

        assertThatThrownBy(() -> checkFutureIsUnseen(model::forward))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("change at place 0 when the token at place 1 changes");
    }

    @Test
    void aModelWithoutPositionsIsFound() {
        Gpt model = SmallGpts.shaken(SmallGpts.singleBlocks().findFirst().orElseThrow());
        model.stateDict().get("positions.weight").fill(0);

        checkPastIsSeen(model::forward);
        assertThatThrownBy(() -> checkOrderIsSeen(model::forward))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("when the tokens at places 0 and 1 change places");
    }

    /** Nothing of what the attention finds gets through. */
    private static Gpt deaf(GptConfig config) {
        Gpt model = SmallGpts.shaken(config);
        model.stateDict().forEach((name, weights) -> {
            if (name.contains(".attention.output.")) {
                weights.fill(0);
            }
        });
        return model;
    }

    @ParameterizedTest
    @MethodSource(CONFIGS)
    void aModelThatIgnoresItsAttentionIsFound(GptConfig config) {
        Gpt model = deaf(config);

        assertThatThrownBy(() -> checkPastIsSeen(model::forward))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("change at place 1 when the token at place 0 changes");
        assertThatThrownBy(() -> checkOrderIsSeen(model::forward)).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @MethodSource(CONFIGS)
    void suchAModelKnowsOnlyTheTokenAndItsPosition(GptConfig config) {
        Gpt model = deaf(config);
        Tensor otherPast = Tensors.of(new double[][] {{2, 8, 7, 6, TEXT.get(0, LAST)}});

        assertThat(change(model::forward, otherPast)[LAST])
                .as("change when the whole past is another")
                .isLessThan(NOTHING);
        assertThat(change(model::forward, replaced(TEXT, LAST, NEW_TOKEN))[LAST])
                .as("change when the token itself is another")
                .isGreaterThan(CLEARLY);
    }

    private static UnaryOperator<Tensor> attentionAlone(MultiHeadAttention.Builder options) {
        Generator generator = new Generator(4);
        Embedding embedding = new Embedding(SmallGpts.VOCABULARY, WIDTH, generator);
        MultiHeadAttention attention = options.build(generator);
        return ids -> attention.forward(embedding.forward(ids));
    }

    @Test
    void attentionAloneDoesNotSeeTheOrder() {
        UnaryOperator<Tensor> attention = attentionAlone(MultiHeadAttention.builder(WIDTH, HEADS));

        checkPastIsSeen(attention);
        assertThat(change(attention, swapped(0, 2))[LAST]).isLessThan(NOTHING);
        assertThatThrownBy(() -> checkOrderIsSeen(attention))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("when the tokens at places 0 and 1 change places");
    }

    @Test
    void rotaryPositionsShowItTheOrder() {
        RotaryEmbedding rotary = new RotaryEmbedding(WIDTH / HEADS, TEXT.dim(1));

        checkOrderIsSeen(attentionAlone(MultiHeadAttention.builder(WIDTH, HEADS).rotary(rotary)));
    }
}
