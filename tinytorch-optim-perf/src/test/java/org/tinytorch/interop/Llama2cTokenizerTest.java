package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tokenization.StreamingDecoder;
import org.tinytorch.transformer.LanguageModel;
import org.tinytorch.transformer.Sampler;
import org.tinytorch.transformer.TextGenerator;

/** The tokenizer of llama2.c: what it makes of a text, and of tokens. */
class Llama2cTokenizerTest {
    private static final int SPACE = 259;

    /** Ids from 259 on: space a b c, then " a", "ab", "abc", "bc". */
    private static Llama2cTokens letters(float spaceA, float ab, float abc, float bc) {
        return Llama2cTokens.of(" abc")
                .add(" a", spaceA)
                .add("ab", ab)
                .add("abc", abc)
                .add("bc", bc);
    }

    @Test
    void beginsWithBosAndASpace() throws IOException {
        Llama2cTokenizer tokenizer = read(Llama2cTokens.of(" abc"));

        assertThat(tokenizer.encode("ba")).containsExactly(1, SPACE, 261, 260);
        assertThat(tokenizer.encode("ba", false, false)).containsExactly(SPACE, 261, 260);
        assertThat(tokenizer.encode("ba", true, true)).containsExactly(1, SPACE, 261, 260, 2);
    }

    @Test
    void theEmptyTextHasNoTokensUnlessTheyAreAskedFor() throws IOException {
        Llama2cTokenizer tokenizer = read(Llama2cTokens.of(" "));

        assertThat(tokenizer.encode("")).isEmpty();
        assertThat(tokenizer.encode("", true, false)).containsExactly(1);
        assertThat(tokenizer.encode("", true, true)).containsExactly(1, 2);
        assertThat(tokenizer.decode()).isEmpty();
    }

    @Test
    void joinsTheBestPairFirstAndNotTheLongestOrTheLeftmost() throws IOException {
        assertThat(read(letters(-1, -2, -3, -4)).encode("abc"))
                .as("' a' is the best; 'bc' is left")
                .containsExactly(1, 263, 266);
        assertThat(read(letters(-4, -2, -3, -1)).encode("abc"))
                .as(
                        "'bc' is the best; then ' a' alone is possible, as there is no 'a' + 'bc' but 'abc', which is better")
                .containsExactly(1, SPACE, 265);
        assertThat(read(letters(-3, -1, -2, -4)).encode("abc"))
                .as("'ab', then 'abc'")
                .containsExactly(1, SPACE, 265);
    }

    @Test
    void ofEqualPairsJoinsTheLeftmost() throws IOException {
        Llama2cTokens tokens = Llama2cTokens.of(" a").add("aa", -1);

        assertThat(read(tokens).encode("aaa")).containsExactly(1, SPACE, 261, 260);
        assertThat(read(Llama2cTokens.of(" a").add("aa", -0f).add(" a", 0f)).encode("a"))
                .containsExactly(1, 262);
        assertThat(read(Llama2cTokens.of(" a").add("aa", 0f).add(" a", -0f)).encode("aa"))
                .as("0 is no higher than -0")
                .containsExactly(1, 262, 260);
    }

    @Test
    void joinsNothingThatScoresAsLowAsLlama2cBeginsWith() throws IOException {
        assertThat(read(Llama2cTokens.of(" a").add("aa", -1e10f)).encode("aa")).containsExactly(1, SPACE, 260, 260);
    }

    @Test
    void whatHasNoTokenBecomesBytes() throws IOException {
        Llama2cTokenizer tokenizer = read(Llama2cTokens.of(" aé"));

        assertThat(tokenizer.encode("é\n€")).containsExactly(1, SPACE, 261, 0x0A + 3, 0xE2 + 3, 0x82 + 3, 0xAC + 3);
        assertThat(tokenizer.encode("👋")).containsExactly(1, SPACE, 0xF0 + 3, 0x9F + 3, 0x91 + 3, 0x8B + 3);
        assertThat(tokenizer.decode(0x0A + 3, 0xE2 + 3, 0x82 + 3, 0xAC + 3)).isEqualTo("\n€");
        assertThat(tokenizer.bytes(0x0A + 3)).containsExactly(0x0A);
        assertThat(tokenizer.bytes(0xFF + 3)).containsExactly(0xFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<s>", "\n<s>\n", "</s>", "<unk>", "<0x0A>"})
    void noTextBecomesASpecialToken(String text) throws IOException {
        Llama2cTokens tokens = Llama2cTokens.of(" <>/s0xAunk\n");
        for (int end = 2; end < text.length(); end++) {
            tokens.add(text.substring(0, end), 1); // so that it could be put together
        }
        Llama2cTokenizer tokenizer = read(tokens);

        assertThat(tokenizer.encode(text, false, false)).doesNotContain(0, 1, 2, 0x0A + 3);
        assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
    }

    @Test
    void decodingLeavesOutTheSpaceAfterBosOnly() throws IOException {
        Llama2cTokenizer tokenizer = read(letters(-1, -2, -3, -4));

        assertThat(tokenizer.decode(1, 263)).isEqualTo("a");
        assertThat(tokenizer.decode(263)).isEqualTo(" a");
        assertThat(tokenizer.decode(1, 263, 263)).isEqualTo("a a");
        assertThat(tokenizer.decode(1, SPACE, SPACE, 260)).isEqualTo(" a");
        assertThat(tokenizer.decode(1, 260, 263, 2, 1, 263)).isEqualTo("a aa");
        assertThat(tokenizer.decode(1, ' ' + 3)).as("the token <0x20>").isEqualTo(" ");
        assertThat(tokenizer.decode(0xE2 + 3, 1, 263)).isEqualTo("\uFFFDa");
        assertThat(tokenizer.decode(2, 263)).isEqualTo(" a");
    }

    @Test
    void streamingGivesWhatDecodingGivesButTheFirstSpace() throws IOException {
        Llama2cTokenizer tokenizer = read(Llama2cTokens.of(" a"));
        StreamingDecoder decoder = new StreamingDecoder(tokenizer);
        StringBuilder text = new StringBuilder();
        for (int id : tokenizer.encode("a€a")) {
            text.append(decoder.accept(id));
        }

        assertThat(text + decoder.finish()).isEqualTo(" a€a");
    }

    @Test
    void namesAnIdThatItDoesNotHave() throws IOException {
        Llama2cTokenizer tokenizer = read(Llama2cTokens.of(" "));

        assertThat(tokenizer.vocabularySize()).isEqualTo(260);
        assertThatThrownBy(() -> tokenizer.decode(5, 260))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("llama2.c tokenizer: id 260 at position 1 is not in 0 … 259");
        assertThatThrownBy(() -> tokenizer.bytes(-1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("llama2.c tokenizer: id -1 is not in 0 … 259");
    }

    @Test
    void namesHalfOfASurrogatePair() throws IOException {
        Llama2cTokenizer tokenizer = read(Llama2cTokens.of(" "));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokenizer.encode("a\uD83D"))
                .withMessageContaining("U+D83D at position 1");
    }

    @Property(tries = 300)
    void givesTheTokensOfThePlainWayAndTheTextAgain(@ForAll("texts") String text, @ForAll("words") List<String> words)
            throws IOException {
        Llama2cTokens tokens = Llama2cTokens.of(" abé€");
        Generator generator = new Generator(words.hashCode());
        words.stream().distinct().forEach(word -> tokens.add(word, -generator.nextInt(4))); // many that tie
        Llama2cTokenizer tokenizer = read(tokens);
        int[] ids = tokenizer.encode(text);

        assertThat(ids).containsExactly(text.isEmpty() ? new int[0] : tokens.encode(text));
        assertThat(tokenizer.decode(ids)).isEqualTo(text);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(" ", "a", "b", "é", "€", "ü", "👋", "\n")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<List<String>> words() {
        return Arbitraries.of(" ", "a", "b", "é", "€", "ü")
                .list()
                .ofMinSize(2)
                .ofMaxSize(4)
                .map(parts -> String.join("", parts))
                .list()
                .ofMaxSize(20);
    }

    @Test
    void encodesALongTextInATimeThatDoesNotGrowWithItsSquare() throws IOException {
        Llama2cTokens tokens = Llama2cTokens.of(" a");
        for (int length = 2; length <= 64; length *= 2) {
            tokens.add("a".repeat(length), -length);
        }

        // The plain way would look through more than ten thousand million pairs.
        assertThat(read(tokens).encode("a".repeat(1 << 17))).hasSize(2 + (1 << 17) / 64);
    }

    @Test
    void savesTheFileThatItRead() throws IOException {
        Llama2cTokens tokens = Llama2cTokens.of(" ab€").add(" ab", -0.5f).add(new byte[] {(byte) 0xFF, 0}, -2);
        tokens.add("a".repeat(100_000), -3); // longer than the buffer
        Path file = Files.createTempFile("llama2c", ".bin");
        try {
            read(tokens).save(file);

            assertThat(file).hasBinaryContent(tokens.bytes());
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void aModelWritesAText() throws IOException {
        Llama2cTokens tokens = Llama2cTokens.of(" abcdefghij").add(" a", -1).add("bc", -2);
        Llama2cCheckpoint checkpoint = new Llama2cCheckpoint(32, 64, 2, 4, 2, tokens.size(), 32, false, 5);
        Llama2cTokenizer tokenizer = read(tokens);
        Path file = Files.createTempFile("llama2c", ".bin");
        try {
            Files.write(file, checkpoint.bytes());
            TextGenerator writer = TextGenerator.of(LanguageModel.of(Llama2c.model(file)), tokenizer)
                    .sampler(Sampler.greedy())
                    .maxTokens(20);
            int[] prompt = tokens.encode("abc");
            int[] expected = PlainLlama.greedy(checkpoint, prompt, 20);

            assertThat("abc" + writer.generate("abc", new Generator(0)).text())
                    .isEqualTo(tokenizer.decode(expected))
                    .hasSizeGreaterThan(5);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void bytesOfATokenAreThoseOfItsText() throws IOException {
        Llama2cTokenizer tokenizer = read(Llama2cTokens.of(" €"));

        assertThat(tokenizer.bytes(260)).isEqualTo("€".getBytes(StandardCharsets.UTF_8));
        assertThat(tokenizer.bytes(Llama2cTokenizer.BOS)).isEmpty();
        assertThat(tokenizer.bytes(Llama2cTokenizer.EOS)).isEmpty();
        assertThat(tokenizer).hasToString("Llama2cTokenizer(261 tokens)");
    }

    private static Llama2cTokenizer read(Llama2cTokens tokens) throws IOException {
        Path file = Files.createTempFile("llama2c", ".bin");
        try {
            Files.write(file, tokens.bytes());
            return Llama2c.tokenizer(file, tokens.size());
        } finally {
            Files.delete(file);
        }
    }
}
