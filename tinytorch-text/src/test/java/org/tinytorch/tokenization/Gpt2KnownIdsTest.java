package org.tinytorch.tokenization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** GPT-2's own tokenizer. Runs where {@code -Dtinytorch.gpt2=FOLDER} names the folder with {@code encoder.json} and {@code vocab.bpe}. */
class Gpt2KnownIdsTest {
    private static BpeTokenizer gpt2;

    @BeforeAll
    static void load() throws IOException {
        String folder = System.getProperty("tinytorch.gpt2", "");
        assumeTrue(!folder.isEmpty(), "no -Dtinytorch.gpt2=FOLDER was given");
        gpt2 = Gpt2Files.load(Path.of(folder));
    }

    @Test
    void textHasTheKnownIds() {
        assertThat(gpt2.encode("This is some text")).containsExactly(1212, 318, 617, 2420);
        assertThat(gpt2.encode("hello 👋 world 🌍")).containsExactly(31373, 50169, 233, 995, 12520, 234, 235);
        assertThat(gpt2.decode(31373, 50169, 233, 995, 12520, 234, 235)).isEqualTo("hello 👋 world 🌍");
    }

    @Test
    void theEndOfATextIsASpecialToken() {
        assertThat(gpt2.specialToken("<|endoftext|>")).isEqualTo(50256);
        assertThat(gpt2.encodeWithSpecialTokens("<|endoftext|>")).containsExactly(50256);
        assertThat(gpt2.encode("<|endoftext|>")).containsExactly(27, 91, 437, 1659, 5239, 91, 29);
    }

    @Test
    void theVocabularyHasItsPublishedSize() {
        assertThat(gpt2.vocabularySize()).isEqualTo(50_257);
        assertThat(gpt2.merges()).hasSize(50_000);
    }

    @Test
    void theEmojiStreams() {
        StreamingDecoder decoder = new StreamingDecoder(gpt2);
        assertThat(decoder.accept(50169)).isEqualTo(" ");
        assertThat(decoder.accept(233)).isEqualTo("👋");
        assertThat(decoder.finish()).isEmpty();
    }
}
