package org.tinytorch.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tokenization.BpeTrainer;
import org.tinytorch.tokenization.CharTokenizer;
import org.tinytorch.tokenization.Tokenizer;

class TextGeneratorTest {
    private static final Tokenizer LETTERS = CharTokenizer.of("abcdefgh");

    /** Always goes on with the next letter, and begins again after the last. */
    private static LanguageModel alphabet(Tokenizer tokenizer) {
        return model(
                tokenizer.vocabularySize(), tokens -> (tokens[tokens.length - 1] + 1) % tokenizer.vocabularySize());
    }

    private interface Next {
        int after(int... tokens);
    }

    /** Is sure of one token. */
    private static LanguageModel model(int size, Next next) {
        return new LanguageModel() {
            @Override
            public int vocabularySize() {
                return size;
            }

            @Override
            public double[] next(int[] tokens) {
                double[] logits = new double[size];
                logits[next.after(tokens)] = 50;
                return logits;
            }
        };
    }

    private static TextGenerator writer() {
        return TextGenerator.of(alphabet(LETTERS), LETTERS).sampler(Sampler.greedy());
    }

    @Test
    void goesOnFromTheLastLetterOfThePrompt() {
        GeneratedText text = writer().maxTokens(4).generate("ef", new Generator(1));

        assertThat(text).isEqualTo(new GeneratedText("ghab", 4, GeneratedText.End.LENGTH));
    }

    @Test
    void thePartsAreTheText() {
        List<String> parts = new ArrayList<>();

        GeneratedText text = writer().maxTokens(3).generate("a", new Generator(1), parts::add);

        assertThat(parts).containsExactly("b", "c", "d");
        assertThat(text.text()).isEqualTo("bcd");
    }

    @Test
    void aStopIsNeverShownNotEvenItsBeginning() {
        List<String> parts = new ArrayList<>();

        GeneratedText text = writer().stopAt("fgh", "xyz").generate("a", new Generator(1), parts::add);

        assertThat(text).isEqualTo(new GeneratedText("bcde", 7, GeneratedText.End.STOP_SEQUENCE));
        assertThat(String.join("", parts)).isEqualTo("bcde");
    }

    @Test
    void aStopInThePromptDoesNotCount() {
        assertThat(writer().stopAt("ab")
                        .maxTokens(3)
                        .generate("ab", new Generator(1))
                        .text())
                .isEqualTo("cde");
    }

    @Test
    void theBeginningOfAStopIsShownIfTheTextEndsThere() {
        assertThat(writer().stopAt("fgh").maxTokens(6).generate("a", new Generator(1)))
                .isEqualTo(new GeneratedText("bcdefg", 6, GeneratedText.End.LENGTH));
    }

    @Test
    void endsBeforeAStopToken() {
        int e = LETTERS.encode("e")[0];

        assertThat(writer().stopAtToken(e).generate("a", new Generator(1)))
                .isEqualTo(new GeneratedText("bcd", 4, GeneratedText.End.STOP_TOKEN));
    }

    @Test
    void aCharacterOfSeveralTokensComesWhole() {
        Tokenizer bytes = BpeTrainer.ofMerges(0).train("any");
        int[] owl = bytes.encode("🦉");
        List<String> parts = new ArrayList<>();

        GeneratedText text = TextGenerator.of(
                        model(bytes.vocabularySize(), tokens -> owl[(tokens.length - 1) % owl.length]), bytes)
                .sampler(Sampler.greedy())
                .maxTokens(owl.length)
                .generate("a", new Generator(1), parts::add);

        assertThat(owl).as("bytes of an owl").hasSizeGreaterThan(1);
        assertThat(parts).containsExactly("🦉");
        assertThat(text.text()).isEqualTo("🦉");
    }

    @Test
    void theSameSeedWritesTheSameAndAnotherSeedAnother() {
        LanguageModel anything = model(8, tokens -> 0);
        TextGenerator writer = TextGenerator.of(anything, LETTERS)
                .sampler(Sampler.temperature(100))
                .maxTokens(30);

        String text = writer.generate("a", new Generator(7)).text();

        assertThat(writer.generate("a", new Generator(7)).text()).isEqualTo(text);
        assertThat(writer.generate("a", new Generator(8)).text()).isNotEqualTo(text);
    }

    @Test
    void thePromptMayBeLongerThanTheContext() {
        Gpt gpt = new Gpt(GptConfig.gpt2(8, 4, 1, 1, 4), new Generator(1));
        TextGenerator writer = TextGenerator.of(LanguageModel.of(gpt), LETTERS)
                .sampler(Sampler.greedy())
                .maxTokens(5);

        assertThat(writer.generate("hhhhhhabcd", new Generator(1)).text())
                .as("only the last four letters are seen")
                .isEqualTo(writer.generate("abcd", new Generator(1)).text());
    }

    @Test
    void zeroTokensAreNoText() {
        assertThat(writer().maxTokens(0).generate("a", new Generator(1)))
                .isEqualTo(new GeneratedText("", 0, GeneratedText.End.LENGTH));
    }

    @Test
    void badInputIsNamed() {
        Generator generator = new Generator(1);
        assertThatThrownBy(() -> writer().generate("", generator))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the prompt is empty; give at least one character");
        assertThatThrownBy(() -> writer().generate("a?", generator))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'?'");
        assertThatThrownBy(() -> writer().maxTokens(-1)).hasMessageContaining("-1 tokens are not possible");
        assertThatThrownBy(() -> writer().stopAt("b", "")).hasMessageContaining("an empty string would stop");
        assertThatThrownBy(() -> writer().stopAtToken(8)).hasMessageContaining("no token 8 to stop at; ids are 0 … 7");
        assertThatThrownBy(() -> TextGenerator.of(alphabet(LETTERS), CharTokenizer.of("ab")))
                .hasMessageContaining("the model knows 8 tokens, the tokenizer 2");
    }
}
