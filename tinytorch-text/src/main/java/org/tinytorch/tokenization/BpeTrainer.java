package org.tinytorch.tokenization;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Learns a byte-pair tokenizer from text. It starts with one token for each of the 256 bytes, with the ids 0 … 255. Then, again and again, the most
 * frequent pair of neighbouring tokens becomes a new token with the next id; of several equally frequent ones the pair with the lowest ids. Pairs are
 * counted within the words of {@link PreTokenizer} only. The same text gives the same tokenizer, always.
 *
 * <pre>{@code
 * BpeTokenizer tokenizer = BpeTrainer.ofVocabularySize(4096, "<|endoftext|>").train(text);
 * }</pre>
 *
 * <p>If every word has become one token, no pair is left: learning ends with fewer merges than asked for, and the vocabulary is smaller.
 *
 * <p>Special tokens get the ids after the merges. Where one stands in the training text, the text is cut there and nothing is learned from it.
 *
 * @param merges how many to learn at most
 * @param specialTokens such as {@code <|endoftext|>}
 */
public record BpeTrainer(int merges, List<String> specialTokens) {
    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if {@code merges} is negative, or a special token is empty, given twice, or holds half of a surrogate pair
     */
    public BpeTrainer {
        specialTokens = List.copyOf(specialTokens);
        if (merges < 0) {
            throw new IllegalArgumentException("bpe trainer: " + merges
                    + " merges are not possible; use 0 for single bytes, or more, for example 1000");
        }
        BYTES_ONLY.withSpecialTokens(specialTokens); // checks them
    }

    private static final BpeRules BYTES_ONLY = new BpeRules(BpeRules.bytesInOrder(), List.of(), Map.of());

    /** A trainer that learns so many merges: the vocabulary has 256 tokens more, and the special ones. */
    public static BpeTrainer ofMerges(int merges, String... specialTokens) {
        return new BpeTrainer(merges, List.of(specialTokens));
    }

    /**
     * A trainer for a vocabulary of a size, bytes and special tokens included.
     *
     * @throws IllegalArgumentException if the 256 bytes and the special tokens alone are more
     */
    public static BpeTrainer ofVocabularySize(int size, String... specialTokens) {
        int least = BpeRules.BYTES + specialTokens.length;
        if (size < least) {
            throw new IllegalArgumentException(
                    "bpe trainer: a vocabulary of " + size + " is too small for 256 bytes and " + specialTokens.length
                            + " special tokens; use " + least + " or more");
        }
        return ofMerges(size - least, specialTokens);
    }

    /**
     * Learns from one text.
     *
     * @throws IllegalArgumentException if it is empty or holds half of a surrogate pair
     */
    public BpeTokenizer train(String text) {
        return train(List.of(text));
    }

    /**
     * Learns from several texts, each of which is looked at once. No pair reaches from one into the next.
     *
     * @throws IllegalArgumentException if all are empty, or one holds half of a surrogate pair
     */
    public BpeTokenizer train(Iterable<String> texts) {
        List<Word> words = words(texts);
        if (words.isEmpty()) {
            throw new IllegalArgumentException(
                    "bpe trainer: the text is empty and nothing can be learned from it; use a longer one");
        }
        List<Merge> learned = learn(new PairIndex(words));
        BpeRules rules = new BpeRules(BpeRules.bytesInOrder(), learned, Map.of());
        return new BpeTokenizer(rules.withSpecialTokens(specialTokens));
    }

    /**
     * The merges, in the order in which they are learned. Each makes a token of the most frequent pair; new ids follow the 256 bytes.
     *
     * @param index the words of the text; it keeps the counts of their pairs right while they are merged
     */
    List<Merge> learn(PairIndex index) {
        // region Task 11.6: learn the merges
        List<Merge> learned = new ArrayList<>();
        while (learned.size() < merges) {
            Optional<Pair> best = index.mostFrequent();
            if (best.isEmpty()) {
                break; // every word is one token
            }
            int newId = BpeRules.BYTES + learned.size();
            index.merge(best.get(), newId);
            learned.add(new Merge(best.get(), newId));
        }
        return learned;
        // endregion
    }

    /** The different words of the texts, as bytes, and how often each occurs. */
    private List<Word> words(Iterable<String> texts) {
        SpecialTokens special = new SpecialTokens(new LinkedHashSet<>(specialTokens));
        Map<String, Long> counts = new HashMap<>();
        for (String text : texts) {
            Utf8.requireWholePairs("bpe trainer", text);
            for (SpecialTokens.Part part : special.split(text)) {
                if (!part.special()) {
                    PreTokenizer.split(part.text()).forEach(word -> counts.merge(word, 1L, Long::sum));
                }
            }
        }
        List<Word> words = new ArrayList<>(counts.size());
        counts.forEach((word, count) -> words.add(new Word(bytes(word), count)));
        return words;
    }

    private static int[] bytes(String word) {
        byte[] bytes = Utf8.unescape(word.toCharArray(), 0, word.length());
        int[] ids = new int[bytes.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = bytes[i] & 0xFF;
        }
        return ids;
    }
}
