package org.tinytorch.tokenization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BpeTrainerTest {
    @Test
    void threeMergesByHand() {
        BpeTokenizer tokenizer = BpeTrainer.ofMerges(3).train("aaabdaaabac");
        assertThat(tokenizer.merges())
                .containsExactly(
                        new Merge(new Pair('a', 'a'), 256), // 4 times
                        new Merge(
                                new Pair('a', 'b'),
                                257), // twice, as are (aa, a) and (aa, ab) later: a is lower than aa
                        new Merge(new Pair(256, 257), 258));
        assertThat(tokenizer.encode("aaabdaaabac")).containsExactly(258, 'd', 258, 'a', 'c');
        assertThat(tokenizer.vocabularySize()).isEqualTo(259);
        assertThat(tokenizer.decode(258)).isEqualTo("aaab");
    }

    @Test
    void ofEquallyFrequentPairsTheLowestIsMerged() {
        assertThat(BpeTrainer.ofMerges(2).train("zy!ba").merges())
                .containsExactly(new Merge(new Pair('b', 'a'), 256), new Merge(new Pair('z', 'y'), 257));
    }

    @Test
    void pairsStayWithinWords() {
        assertThat(BpeTrainer.ofMerges(9).train("a!a!a!").merges()).isEmpty();
        assertThat(BpeTrainer.ofMerges(9).train(List.of("a", "b", "")).merges()).isEmpty();
    }

    @Test
    void withoutPairsItStopsEarly() {
        BpeTokenizer tokenizer = BpeTrainer.ofVocabularySize(1000, "<|end|>").train("abc abc");
        assertThat(tokenizer.merges()).hasSize(3); // ab, abc, and the space in front of it
        assertThat(tokenizer.vocabularySize()).isEqualTo(260);
        assertThat(tokenizer.specialToken("<|end|>")).isEqualTo(259);
    }

    @Test
    void noMergesGiveBytes() {
        assertThat(BpeTrainer.ofVocabularySize(256).train("é").encode("é")).containsExactly(0xC3, 0xA9);
    }

    @Test
    void specialTokensFollowTheMergesAndAreNotLearnedFrom() {
        BpeTokenizer tokenizer = BpeTrainer.ofMerges(2, "<|a|>", "<|b|>").train("xy<|a|>xy<|a|><|a|><|a|>".repeat(5));
        assertThat(tokenizer.merges()).containsExactly(new Merge(new Pair('x', 'y'), 256));
        assertThat(tokenizer.specialTokens()).isEqualTo(Map.of("<|a|>", 257, "<|b|>", 258));
    }

    /** Counts everything anew for each merge. */
    private static List<Merge> simply(List<String> words, int merges) {
        List<Word> state = words.stream().map(BpeTrainerTest::bytes).toList();
        List<Merge> learned = new ArrayList<>();
        while (learned.size() < merges) {
            Optional<Pair> best = BytePairs.mostFrequent(BytePairs.count(state));
            if (best.isEmpty()) {
                break;
            }
            int id = 256 + learned.size();
            learned.add(new Merge(best.get(), id));
            state = state.stream()
                    .map(word -> new Word(BytePairs.merge(word.ids(), best.get(), id), word.count()))
                    .toList();
        }
        return learned;
    }

    private static Word bytes(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        int[] ids = new int[bytes.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = bytes[i] & 0xFF;
        }
        return new Word(ids, 1);
    }

    @Property(tries = 500)
    void theFastWayLearnsWhatTheSimpleOneDoes(
            @ForAll("repetitive") String text, @ForAll @IntRange(max = 40) int merges) {
        assertThat(BpeTrainer.ofMerges(merges).train(text).merges())
                .isEqualTo(simply(PreTokenizer.split(text), merges));
    }

    @Property(tries = 100)
    void trainingIsDeterministicAndTheOrderOfTextsDoesNotMatter(
            @ForAll("repetitive") String text, @ForAll("repetitive") String more) {
        List<Merge> merges = BpeTrainer.ofMerges(30).train(List.of(text, more)).merges();
        assertThat(BpeTrainer.ofMerges(30).train(List.of(text, more)).merges()).isEqualTo(merges);
        assertThat(BpeTrainer.ofMerges(30).train(List.of(more, text)).merges()).isEqualTo(merges);
    }

    @Property(tries = 200)
    void aTrainedTokenizerGivesEveryTextBack(@ForAll("repetitive") String text, @ForAll("texts") String other) {
        BpeTokenizer tokenizer = BpeTrainer.ofMerges(30).train(text);
        assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
        assertThat(tokenizer.decode(tokenizer.encode(other))).isEqualTo(other);
    }

    @Provide
    Arbitrary<String> repetitive() {
        return Arbitraries.strings().withChars("aab né").ofMinLength(1).ofMaxLength(60);
    }

    @Provide
    Arbitrary<String> texts() {
        return Texts.wholeCharacters();
    }

    @Test
    void badInputIsRefused() {
        assertThatThrownBy(() -> BpeTrainer.ofMerges(3).train(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bpe trainer: the text is empty and nothing can be learned from it; use a longer one");
        assertThatThrownBy(() -> BpeTrainer.ofMerges(3, "<|a|>").train(List.of("", "<|a|>")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the text is empty");
        assertThatThrownBy(() -> BpeTrainer.ofMerges(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "bpe trainer: -1 merges are not possible; use 0 for single bytes, or more, for example 1000");
        assertThatThrownBy(() -> BpeTrainer.ofVocabularySize(257, "<|a|>", "<|b|>"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "bpe trainer: a vocabulary of 257 is too small for 256 bytes and 2 special tokens; use 258 or more");
        assertThatThrownBy(() -> BpeTrainer.ofVocabularySize(255))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a vocabulary of 255 is too small");
        assertThatThrownBy(() -> BpeTrainer.ofMerges(3).train("ab" + "👋".charAt(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bpe trainer: the text holds U+D83D at position 2, half of a surrogate pair;"
                        + " it was cut inside a character, cut it elsewhere");
    }

    @Test
    void badSpecialTokensAreRefused() {
        assertThatThrownBy(() -> BpeTrainer.ofMerges(3, "<|a|>", "<|a|>"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bpe tokenizer: \"<|a|>\" is a special token already, with the id 256; name each once");
        assertThatThrownBy(() -> BpeTrainer.ofMerges(3, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bpe tokenizer: a special token is empty; give it a text, such as <|endoftext|>");
    }
}
