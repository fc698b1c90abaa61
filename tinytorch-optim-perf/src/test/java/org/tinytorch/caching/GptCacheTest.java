package org.tinytorch.caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.transformer.Gpt;

class GptCacheTest {
    private final Gpt gpt = SmallModels.model(SmallModels.llama());

    @Test
    void everyPlaceHasTheLogitsOfTheWholeText() {
        Tensor ids = SmallModels.ids(3, 1, 4, 1, 5);
        GptCache cache = GptCache.of(gpt);
        try (NoGrad scope = NoGrad.enter()) {
            Tensor whole = gpt.forward(ids);
            Tensor begin = gpt.forward(ids.slice(1, 0, 2), cache.stores());
            Tensor end = gpt.forward(ids.slice(1, 2, 5), cache.stores());

            assertThat(begin.allClose(whole.slice(1, 0, 2), 1e-12, 1e-12))
                    .as("beginning")
                    .isTrue();
            assertThat(end.allClose(whole.slice(1, 2, 5), 1e-12, 1e-12))
                    .as("end")
                    .isTrue();
        }
        assertThat(cache.length()).isEqualTo(5);
    }

    @Test
    void aSlidingWindowTakesLessMemory() {
        GptCache whole = GptCache.of(gpt);
        GptCache window = GptCache.slidingWindow(gpt, SmallModels.CONTEXT / 4);
        try (NoGrad scope = NoGrad.enter()) {
            for (GptCache cache : new GptCache[] {whole, window}) {
                gpt.last(SmallModels.ids(SmallModels.tokens(1, SmallModels.CONTEXT)), cache.stores());
            }
        }

        assertThat(window.bytes() * 4).isEqualTo(whole.bytes());
        assertThatThrownBy(() -> window.truncate(SmallModels.CONTEXT - 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the window has forgotten");
        assertThat(window.length()).isEqualTo(SmallModels.CONTEXT);
        whole.truncate(SmallModels.CONTEXT - 1);
        assertThat(whole.length()).isEqualTo(SmallModels.CONTEXT - 1);
    }

    @Test
    void roomThatCannotBeFilledIsRefused() {
        assertThatThrownBy(() -> GptCache.of(gpt, SmallModels.CONTEXT + 1))
                .hasMessageContaining("room for 13 tokens would never be filled, as the model's context is 12");
    }

    @Test
    void aCacheOfAnotherModelIsRefused() {
        Gpt other = SmallModels.model(SmallModels.llama().keyValueHeads(2));
        GptCache cache = GptCache.of(gpt);
        try (NoGrad scope = NoGrad.enter()) {
            gpt.last(SmallModels.ids(1), cache.stores());
            assertThatThrownBy(() -> other.last(SmallModels.ids(1), cache.stores()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("do not fit those that are kept");
        }
    }
}
