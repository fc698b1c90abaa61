package org.tinytorch.tokenization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class BpeTokenizerTest {
    private static final String TRAINING = "a man, a plan, a canal: Panama! é é 👋👋 漢字漢字 it's what it's";
    private static final BpeTokenizer TOKENIZER =
            BpeTrainer.ofMerges(60, "<|end|>", "<|end|>x").train(TRAINING);

    @Property
    void anyBytesComeBack(@ForAll("bytes") byte[] bytes) {
        assertThat(TOKENIZER.decodeBytes(TOKENIZER.encode(bytes))).containsExactly(bytes);
    }

    @Property
    void anyTextComesBackAndItsBytesHaveTheSameIds(@ForAll("texts") String text) {
        int[] ids = TOKENIZER.encode(text);
        assertThat(TOKENIZER.decode(ids)).isEqualTo(text);
        assertThat(TOKENIZER.encode(text.getBytes(StandardCharsets.UTF_8))).containsExactly(ids);
    }

    @Property
    void specialTokensDecodeToTheirTextToo(@ForAll("texts") String text) {
        assertThat(TOKENIZER.decode(TOKENIZER.encodeWithSpecialTokens(text))).isEqualTo(text);
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Texts.bytes();
    }

    @Provide
    Arbitrary<String> texts() {
        return Texts.wholeCharacters();
    }

    @Test
    void textThatLooksLikeASpecialTokenIsText() {
        int end = TOKENIZER.specialToken("<|end|>");
        assertThat(TOKENIZER.encode("a<|end|>")).doesNotContain(end).hasSizeGreaterThan(2);
        assertThat(TOKENIZER.encode("<|end|>".getBytes(StandardCharsets.UTF_8))).doesNotContain(end);
        assertThat(TOKENIZER.decode(TOKENIZER.encode("<|end|>"))).isEqualTo("<|end|>");
    }

    @Test
    void specialTokensAreRecognisedWhereAskedFor() {
        int end = TOKENIZER.specialToken("<|end|>");
        int longer = TOKENIZER.specialToken("<|end|>x");
        assertThat(TOKENIZER.encodeWithSpecialTokens("a<|end|><|end|>xa<|en")).startsWith('a', end, longer, 'a');
        assertThat(TOKENIZER.encodeWithSpecialTokens("<|end|>")).containsExactly(end);
        assertThat(TOKENIZER.encodeWithSpecialTokens("")).isEmpty();
        assertThat(TOKENIZER.bytes(end)).asString(StandardCharsets.UTF_8).isEqualTo("<|end|>");
    }

    @Test
    void moreSpecialTokensGetTheNextIds() {
        int size = TOKENIZER.vocabularySize();
        BpeTokenizer more = TOKENIZER.withSpecialTokens("<|pad|>");
        assertThat(more.specialTokens()).isEqualTo(Map.of("<|end|>", size - 2, "<|end|>x", size - 1, "<|pad|>", size));
        assertThat(more.vocabularySize()).isEqualTo(size + 1);
        assertThat(more.encode(TRAINING)).containsExactly(TOKENIZER.encode(TRAINING));
        assertThat(more.encodeWithSpecialTokens("<|pad|>")).containsExactly(size);
        assertThat(TOKENIZER.vocabularySize()).as("the first one").isEqualTo(size);
        assertThatThrownBy(() -> TOKENIZER.withSpecialTokens("<|end|>"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"<|end|>\" is a special token already, with the id " + (size - 2));
        assertThatThrownBy(() -> TOKENIZER.withSpecialTokens("👋".substring(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("special token: the text holds U+DC4B at position 0");
    }

    @Test
    void anUnknownSpecialTokenIsNamed() {
        assertThatThrownBy(() -> TOKENIZER.specialToken("<|eot|>"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bpe tokenizer: there is no special token \"<|eot|>\" among [<|end|>, <|end|>x];"
                        + " add it with withSpecialTokens");
    }

    @Test
    void anIdThatIsNotThereIsNamedWithItsPosition() {
        int last = TOKENIZER.vocabularySize() - 1;
        assertThatThrownBy(() -> TOKENIZER.decode(0, last + 1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("bpe tokenizer: id " + (last + 1) + " at position 1 is not in 0 … " + last);
        assertThatThrownBy(() -> TOKENIZER.decodeBytes(-1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("id -1 at position 0");
        assertThatThrownBy(() -> TOKENIZER.bytes(-1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("bpe tokenizer: id -1 is not in 0 … " + last);
    }

    @Test
    void halfASurrogatePairHasNoBytes() {
        assertThatThrownBy(() -> TOKENIZER.encode("ab👋".substring(0, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bpe tokenizer: the text holds U+D83D at position 2, half of a surrogate pair;"
                        + " it was cut inside a character, cut it elsewhere");
        TOKENIZER.encode(new byte[] {(byte) 0x80}); // leaves this half in the cache of words
        assertThatThrownBy(() -> TOKENIZER.encode("\uDC80"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("U+DC80 at position 0");
        assertThatThrownBy(() -> TOKENIZER.encodeWithSpecialTokens("<|end|>\uDC80"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("U+DC80 at position 7");
    }

    @Test
    void anInvalidByteIsCutLikeAPunctuationMark() {
        byte[] bytes = {'a', ' ', (byte) 0xFF, '!', 'a'};
        assertThat(PreTokenizer.split(new String(Utf8.escape(bytes)))).containsExactly("a", " \uDCFF!", "a");
        assertThat(TOKENIZER.decode(TOKENIZER.encode(bytes))).isEqualTo("a \uFFFD!a");
    }

    @Test
    void whatIsReturnedMayBeChanged() {
        int[] expected = TOKENIZER.encode("canal");
        int[] changed = TOKENIZER.encode("canal");
        Arrays.fill(changed, -1);
        TOKENIZER.bytes(expected[0])[0] = 0;
        assertThat(TOKENIZER.encode("canal")).containsExactly(expected);
        assertThat(TOKENIZER.decode(expected)).isEqualTo("canal");
    }

    @Test
    void moreDifferentWordsThanTheCacheHoldsAreNoProblem() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            text.append(' ').append(i).append(i % 2 == 0 ? "" : "canal".repeat(i % 13));
        }
        for (int round = 0; round < 2; round++) {
            assertThat(TOKENIZER.decode(TOKENIZER.encode(text.toString()))).isEqualTo(text.toString());
        }
    }

    @Test
    void manyThreadsMayUseOne() throws Exception {
        List<String> texts = new ArrayList<>();
        List<int[]> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            texts.add(TRAINING.substring(i % 20) + i);
            expected.add(BpeTrainer.ofMerges(60).train(TRAINING).encode(texts.get(i)));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<List<int[]>>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                results.add(threads.submit(
                        () -> texts.stream().map(TOKENIZER::encode).toList()));
            }
            for (Future<List<int[]>> result : results) {
                assertThat(result.get().toArray(int[][]::new)).isDeepEqualTo(expected.toArray(int[][]::new));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void itSaysWhatItIs() {
        assertThat(BpeTrainer.ofMerges(1, "<|end|>").train("aa"))
                .hasToString("BpeTokenizer(1 merges, special tokens [<|end|>])");
    }
}
