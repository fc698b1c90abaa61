package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.caching.CachedLanguageModel;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;
import org.tinytorch.transformer.LanguageModel;
import org.tinytorch.transformer.Sampler;

/** Models that were read from llama2.c's format, against a forward pass in the manner of llama2.c. */
class Llama2cModelTest {
    @ParameterizedTest(name = "{0} heads, {1} of keys and values, {2} layers, shared {3}")
    @CsvSource({"4, 4, 1, true", "4, 2, 3, true", "4, 1, 2, false", "1, 1, 2, true", "8, 4, 2, false"})
    void givesTheLogitsOfEveryPlace(int heads, int kvHeads, int layers, boolean shared) throws IOException {
        Llama2cCheckpoint checkpoint = new Llama2cCheckpoint(32, 44, layers, heads, kvHeads, 50, 16, shared, 7);

        assertSameLogits(checkpoint, 16);
    }

    @Property(tries = 40)
    void givesTheLogitsWhateverTheSizes(
            @ForAll @IntRange(min = 1, max = 4) int pairs,
            @ForAll @IntRange(min = 1, max = 3) int kvHeads,
            @ForAll @IntRange(min = 1, max = 3) int sharing,
            @ForAll @IntRange(min = 1, max = 30) int hidden,
            @ForAll @IntRange(min = 1, max = 3) int layers,
            @ForAll @IntRange(min = 1, max = 40) int vocabulary,
            @ForAll @IntRange(min = 1, max = 9) int context,
            @ForAll boolean shared,
            @ForAll long seed)
            throws IOException {
        int heads = kvHeads * sharing;
        Llama2cCheckpoint checkpoint = new Llama2cCheckpoint(
                heads * 2 * pairs, hidden, layers, heads, kvHeads, vocabulary, context, shared, seed);

        assertSameLogits(checkpoint, context);
    }

    @Test
    void skipsTablesThatAreLongerThanTheBuffer() throws IOException {
        assertSameLogits(new Llama2cCheckpoint(4, 3, 1, 1, 1, 5, 8192, false, 2), 10);
    }

    private static void assertSameLogits(Llama2cCheckpoint checkpoint, int length) throws IOException {
        double[] ids = new Generator(3)
                .ints(length, 0, checkpoint.vocabulary)
                .asDoubleStream()
                .toArray();
        PlainLlama plain = new PlainLlama(checkpoint);
        Tensor logits;
        try (NoGrad scope = NoGrad.enter()) {
            logits = model(checkpoint).forward(Tensors.of(ids, 1, length));
        }
        for (int place = 0; place < length; place++) {
            float[] expected = plain.next((int) ids[place]);
            for (int token = 0; token < checkpoint.vocabulary; token++) {
                assertThat(logits.get(0, place, token))
                        .as("token %d at place %d", token, place)
                        .isCloseTo(expected[token], within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 4, 11", "false, 2, 12", "true, 1, 13", "false, 4, 14"})
    void writesTheSameTokens(boolean shared, int kvHeads, long seed) throws IOException {
        Llama2cCheckpoint checkpoint = new Llama2cCheckpoint(48, 128, 3, 4, kvHeads, 300, 64, shared, seed);
        int[] prompt = {1, 17, 250, 3};
        int[] expected = PlainLlama.greedy(checkpoint, prompt, 60);
        Gpt model = model(checkpoint);

        assertThat(greedy(LanguageModel.of(model), prompt, 60)).containsExactly(expected);
        assertThat(greedy(CachedLanguageModel.of(model), prompt, 60)).containsExactly(expected);
        assertThat(Arrays.stream(expected).distinct().count())
                .as("tokens that differ, so that there is something to be seen")
                .isGreaterThan(5);
    }

    private static int[] greedy(LanguageModel model, int[] prompt, int more) {
        int[] all = prompt;
        for (int i = 0; i < more; i++) {
            int next = Sampler.greedy().pick(model.next(all), all, new Generator(0));
            all = Arrays.copyOf(all, all.length + 1);
            all[all.length - 1] = next;
        }
        return all;
    }

    @Test
    void hasTheArchitectureOfTheHeader() throws IOException {
        Gpt model = model(Llama2cCheckpoint.tiny());

        assertThat(model.config())
                .isEqualTo(new GptConfig(5, 3, 2, 2, 1, 4, 3, GptConfig.Style.LLAMA, false, false, 0));
        assertThat(model.isTraining()).isFalse();
    }

    /** The published size of stories15M.bin, whose header is 288, 768, 6, 6, 6, 32000, 256. */
    @Test
    void takesTheBytesOfAPublishedModel() {
        Llama2cHeader stories15M = new Llama2cHeader(288, 768, 6, 6, 6, 32_000, true, 256);

        assertThat(Llama2cHeader.BYTES + 4 * stories15M.numbers().longValueExact())
                .isEqualTo(60_816_028);
    }

    private static Gpt model(Llama2cCheckpoint checkpoint) throws IOException {
        Path file = Files.createTempFile("llama2c", ".bin");
        try {
            Files.write(file, checkpoint.bytes());
            return Llama2c.model(file);
        } finally {
            Files.delete(file);
        }
    }
}
