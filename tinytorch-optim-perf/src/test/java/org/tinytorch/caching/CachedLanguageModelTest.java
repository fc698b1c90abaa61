package org.tinytorch.caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;
import org.tinytorch.transformer.LanguageModel;
import org.tinytorch.transformer.Sampler;
import org.tinytorch.transformer.TextGenerator;

class CachedLanguageModelTest {
    private final Gpt gpt = SmallModels.model(SmallModels.gpt2());
    private final LanguageModel plain = LanguageModel.of(gpt);
    private final CachedLanguageModel cached = CachedLanguageModel.of(gpt);

    static Stream<GptConfig> configs() {
        return SmallModels.configs();
    }

    private static void assertSame(String what, double[] actual, double[] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("%s: logit of token %d", what, i).isCloseTo(expected[i], within(1e-12));
        }
    }

    /** Counts how many places the model has worked out. */
    private static int[] placesOf(Gpt gpt) {
        int[] places = {0};
        gpt.child("tokens").onForward((path, layer, input, output) -> places[0] += input.dim(1));
        return places;
    }

    @ParameterizedTest
    @MethodSource("configs")
    void theLogitsAreThoseOfTheModelWithoutACache(GptConfig config) {
        Gpt model = SmallModels.model(config);
        LanguageModel without = LanguageModel.of(model);
        LanguageModel with = CachedLanguageModel.of(model);
        int[] text = SmallModels.tokens(1, SmallModels.CONTEXT + 5);

        for (int length = 3; length <= text.length; length++) {
            int[] tokens = Arrays.copyOf(text, length);
            assertSame(length + " tokens", with.next(tokens), without.next(tokens));
        }
    }

    @ParameterizedTest
    @MethodSource("configs")
    void aGeneratorWritesTheSameText(GptConfig config) {
        Gpt model = SmallModels.model(config);
        for (Sampler sampler :
                List.of(Sampler.greedy(), Sampler.temperature(1.2).topK(5))) {
            TextGenerator writer = TextGenerator.of(LanguageModel.of(model), SmallModels.LETTERS)
                    .sampler(sampler)
                    .maxTokens(3 * SmallModels.CONTEXT);
            TextGenerator withCache = TextGenerator.of(CachedLanguageModel.of(model), SmallModels.LETTERS)
                    .sampler(sampler)
                    .maxTokens(3 * SmallModels.CONTEXT);

            assertThat(withCache.generate("abcab", new Generator(3)))
                    .as("with %s", sampler)
                    .isEqualTo(writer.generate("abcab", new Generator(3)));
        }
    }

    @Test
    void aTextThatGoesOnDifferentlyIsNotMixedUpWithTheLastOne() {
        assertSame("first", cached.next(new int[] {1, 2, 3, 4}), plain.next(new int[] {1, 2, 3, 4}));
        assertSame("another end", cached.next(new int[] {1, 2, 5, 6, 7}), plain.next(new int[] {1, 2, 5, 6, 7}));
        assertSame("a shorter one", cached.next(new int[] {1, 2}), plain.next(new int[] {1, 2}));
        assertSame("the same again", cached.next(new int[] {1, 2}), plain.next(new int[] {1, 2}));
        assertSame("all different", cached.next(new int[] {6, 2, 1}), plain.next(new int[] {6, 2, 1}));
    }

    @Test
    void onlyWhatIsNewIsWorkedOut() {
        int[] places = placesOf(gpt);

        cached.next(new int[] {1, 2, 3, 4, 5});
        assertThat(places[0]).as("the prompt").isEqualTo(5);
        cached.next(new int[] {1, 2, 3, 4, 5, 6});
        assertThat(places[0]).as("and one token").isEqualTo(5 + 1);
        cached.next(new int[] {1, 2, 3, 7});
        assertThat(places[0]).as("and another end").isEqualTo(5 + 1 + 1);
        assertThat(cached.remembered()).isEqualTo(4);
    }

    @Test
    void droppingSeveralTokensAtOnceSavesWorkBeyondTheContext() {
        int[] places = placesOf(gpt);
        CachedLanguageModel dropping = cached.dropping(6);
        int[] text = SmallModels.tokens(2, 2 * SmallModels.CONTEXT);

        dropping.next(Arrays.copyOf(text, SmallModels.CONTEXT));
        assertThat(places[0]).isEqualTo(SmallModels.CONTEXT);
        for (int length = SmallModels.CONTEXT + 1; length <= SmallModels.CONTEXT + 6; length++) {
            int[] seen = Arrays.copyOfRange(text, 6, length);
            assertSame(length + " tokens", dropping.next(Arrays.copyOf(text, length)), plain.next(seen));
        }
        int forPlain = (SmallModels.CONTEXT - 6 + 1 + SmallModels.CONTEXT) * 6 / 2;
        assertThat(places[0] - forPlain)
                .as("the context once, then what is left of it, then one token each time")
                .isEqualTo(SmallModels.CONTEXT + (SmallModels.CONTEXT - 6 + 1) + 5);
    }

    @Test
    void firstSeenIsAMultipleOfWhatIsDropped() {
        CachedLanguageModel dropping = cached.dropping(5);

        assertThat(List.of(
                        dropping.firstSeen(SmallModels.CONTEXT),
                        dropping.firstSeen(SmallModels.CONTEXT + 1),
                        dropping.firstSeen(SmallModels.CONTEXT + 5),
                        dropping.firstSeen(SmallModels.CONTEXT + 6)))
                .containsExactly(0, 5, 5, 10);
        assertThatThrownBy(() -> cached.dropping(0)).hasMessageContaining("cannot drop 0 tokens at once");
        assertThatThrownBy(() -> cached.dropping(SmallModels.CONTEXT + 1))
                .hasMessageContaining("use 1 … " + SmallModels.CONTEXT);
    }

    @Test
    void aForkGoesItsOwnWay() {
        cached.next(new int[] {1, 2, 3});
        CachedLanguageModel fork = cached.fork();
        int[] places = placesOf(gpt);

        double[] one = fork.next(new int[] {1, 2, 3, 4});
        double[] other = cached.next(new int[] {1, 2, 3, 5});

        assertThat(places[0]).as("neither works the beginning out again").isEqualTo(2);
        assertSame("fork", one, plain.next(new int[] {1, 2, 3, 4}));
        assertSame("original", other, plain.next(new int[] {1, 2, 3, 5}));
    }

    @Test
    void afterTrainingItHasToForget() {
        int[] tokens = {1, 2, 3};
        cached.next(tokens);
        gpt.parameters().forEach(parameter -> parameter.copyFrom(parameter.mul(1.5)));
        assertThat(cached.next(new int[] {1, 2, 3, 4})).isNotEqualTo(plain.next(new int[] {1, 2, 3, 4}));

        cached.forget();

        assertSame("anew", cached.next(tokens), plain.next(tokens));
    }

    @Test
    void theModeOfTheModelStaysWhatItWas() {
        gpt.train();
        cached.next(new int[] {1});
        assertThat(gpt.isTraining()).isTrue();
    }

    @Test
    void aFailureInTheMidstLeavesNothingHalfRemembered() {
        cached.next(new int[] {1, 2, 3});
        Layer broken = new Layer() {
            @Override
            protected Tensor compute(Tensor x) {
                throw new IllegalStateException("broken");
            }
        };
        Layer whole = gpt.replaceChild("blocks.1.feedForward", broken);
        assertThatThrownBy(() -> cached.next(new int[] {1, 2, 3, 4})).hasMessage("broken");
        gpt.replaceChild("blocks.1.feedForward", whole);

        assertSame("after it", cached.next(new int[] {1, 2, 3, 5}), plain.next(new int[] {1, 2, 3, 5}));
    }

    @Test
    void badTokensAreRefusedAndForgetNothing() {
        cached.next(new int[] {1, 2});

        assertThatThrownBy(() -> cached.next(new int[] {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no token to go on from");
        assertThatThrownBy(() -> cached.next(new int[] {1, 99}))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("token 99 at position 1");
        assertThat(cached.remembered()).isEqualTo(2);
    }

    @Test
    void theMemoryDoesNotGrowWithTheText() {
        cached.next(new int[] {1});
        long bytes = cached.bytes();
        GptConfig config = gpt.config();

        assertThat(bytes)
                .as("keys and values of all layers, for the whole context")
                .isEqualTo(2L * config.layers() * config.contextLength() * config.width() * Double.BYTES);
        cached.next(SmallModels.tokens(1, SmallModels.CONTEXT));
        assertThat(cached.bytes()).isEqualTo(bytes);
    }
}
