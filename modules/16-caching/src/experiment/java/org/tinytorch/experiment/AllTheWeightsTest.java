package org.tinytorch.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tinytorch.caching.CachedLanguageModel;
import org.tinytorch.experiment.AllTheWeights.Work;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.LanguageModel;

/** Holds the closing experiment of module 16 to its claims. */
final class AllTheWeightsTest {

    private final Gpt gpt = AllTheWeights.model(2, 16);

    @Test
    @DisplayName("with a cache the products of a token are the same at every length, without they grow with it")
    void products() {
        long all = AllTheWeights.weights(2, 16);
        long head = 16L * AllTheWeights.VOCABULARY;
        for (int length : new int[] {8, 32, AllTheWeights.CONTEXT}) {
            assertThat(AllTheWeights.remembered(gpt, length).products()).as("products with a cache, %d tokens", length).isEqualTo(all);
            assertThat(AllTheWeights.anew(gpt, length).products()).as("products without, %d tokens", length).isEqualTo(length * (all - head) + head);
        }
    }

    @Test
    @DisplayName("what grows with a cache is the attention, by 2 C in each layer for a token")
    void attention() {
        for (int length : new int[] {8, 32, AllTheWeights.CONTEXT}) {
            assertThat(AllTheWeights.remembered(gpt, length).attention()).as("attention with a cache, %d tokens", length).isEqualTo(2L * 2 * 16 * length);
        }
    }

    @Test
    @DisplayName("token by token a weight is used once when it is read; a prompt and several texts at once use it more often")
    void uses() {
        Work token = AllTheWeights.remembered(gpt, AllTheWeights.PROMPT);
        assertThat(token.weights()).as("weights read for a token").isEqualTo(AllTheWeights.weights(2, 16));
        assertThat(token.uses()).as("uses, token by token").isCloseTo(1, within(1e-12));
        assertThat(AllTheWeights.prompt(gpt, AllTheWeights.PROMPT).uses()).as("uses, a prompt").isCloseTo(AllTheWeights.PROMPT, within(1e-12));
        assertThat(AllTheWeights.together(gpt, AllTheWeights.TEXTS).uses()).as("uses, several texts").isCloseTo(AllTheWeights.TEXTS, within(1e-12));
    }

    @Test
    @DisplayName("the text is the same")
    void text() {
        assertThat(AllTheWeights.write(CachedLanguageModel.of(gpt))).isEqualTo(AllTheWeights.write(LanguageModel.of(gpt)));
    }
}
