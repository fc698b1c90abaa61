package org.tinytorch.caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.LanguageModel;

class PromptCacheTest {
    private final Gpt gpt = SmallModels.model(SmallModels.llama());
    private final PromptCache prompts = new PromptCache(gpt, 2);

    @Test
    void aTextThatBeginsLikeAPromptGoesOnFromThere() {
        prompts.add(1, 2, 3);
        prompts.add(1, 2, 3, 4, 5);

        CachedLanguageModel model = prompts.begin(1, 2, 3, 4, 5, 6);

        assertThat(model.remembered()).as("the longer one").isEqualTo(5);
        assertThat(prompts.begin(1, 2, 3, 4).remembered())
                .as("the longer one is too long")
                .isEqualTo(3);
        assertThat(prompts.begin(2, 2, 3).remembered())
                .as("none begins like this")
                .isZero();
        double[] expected = LanguageModel.of(gpt).next(new int[] {1, 2, 3, 4, 5, 6});
        assertThat(model.next(new int[] {1, 2, 3, 4, 5, 6}))
                .containsExactly(expected, org.assertj.core.api.Assertions.within(1e-12));
    }

    @Test
    void whatWasNotUsedForLongestIsForgotten() {
        prompts.add(1, 2);
        prompts.add(3, 4);
        prompts.begin(1, 2, 7);
        prompts.add(5, 6);

        assertThat(prompts.size()).isEqualTo(2);
        assertThat(prompts.begin(3, 4, 7).remembered())
                .as("3 4 was used before 1 2")
                .isZero();
        assertThat(prompts.begin(1, 2, 7).remembered()).isEqualTo(2);
    }

    @Test
    void aPromptAddedTwiceIsKeptOnce() {
        prompts.add(1, 2);
        long bytes = prompts.bytes();
        prompts.add(1, 2);

        assertThat(prompts.size()).isEqualTo(1);
        assertThat(prompts.bytes()).isEqualTo(bytes).isPositive();
    }

    @Test
    void whatOneTextDoesChangesNoOther() {
        prompts.add(1, 2);
        CachedLanguageModel one = prompts.begin(1, 2, 3);
        one.next(new int[] {1, 7, 7});

        assertThat(prompts.begin(1, 2, 3).remembered()).isEqualTo(2);
    }

    @Test
    void whatCannotBeKeptIsRefused() {
        assertThatThrownBy(() -> new PromptCache(gpt, 0)).hasMessageContaining("room for 0 prompts");
        assertThatThrownBy(() -> prompts.add()).hasMessageContaining("no token to go on from");
        assertThatThrownBy(() -> prompts.add(SmallModels.tokens(1, SmallModels.CONTEXT + 1)))
                .hasMessageContaining("13 tokens does not fit into a context of 12");
        assertThatThrownBy(() -> prompts.add(99)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(prompts.size()).isZero();
    }
}
