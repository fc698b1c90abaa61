// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/tokenization/BpeTokenizer.java. Read it, don't edit it.
package org.tinytorch.tokenization;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Byte-pair encoding over bytes, as GPT-2 has it (Radford et al., 2019): frequent words are one token, rare ones several, and every text has tokens,
 * because every byte is one. {@link BpeTrainer} learns one from a text, {@link Gpt2Files} reads that of GPT-2, {@link #load} one that was saved.
 *
 * <pre>{@code
 * BpeTokenizer tokenizer = BpeTrainer.ofMerges(1000, "<|endoftext|>").train(text);
 * int[] ids = tokenizer.encode("To be, or not to be");
 * tokenizer.decode(ids);                                     // To be, or not to be
 * tokenizer.encode("<|endoftext|>").length;                  // several: text is text
 * tokenizer.encodeWithSpecialTokens("<|endoftext|>").length; // 1
 * }</pre>
 *
 * <p>Immutable; any number of threads may use one.
 */
public final class BpeTokenizer implements Tokenizer {
    private static final String NAME = "bpe tokenizer";

    private final BpeRules rules;
    private final MergeTable merges;
    private final Vocabulary vocabulary;
    private final SpecialTokens specialTokens;
    private final WordCache cache = new WordCache();

    BpeTokenizer(BpeRules rules) {
        this.rules = rules;
        this.merges = new MergeTable(rules.merges());
        this.vocabulary = new Vocabulary(NAME, rules.tokens());
        this.specialTokens = new SpecialTokens(rules.specialTokens().keySet());
    }

    /**
     * Reads a tokenizer that {@link #save} wrote.
     *
     * @throws IOException if the file cannot be read, or holds something else; the message names the file and says what
     */
    public static BpeTokenizer load(Path file) throws IOException {
        return TokenizerFile.read(file, BpeTokenizer.class);
    }

    @Override
    public void save(Path file) throws IOException {
        TokenizerFile.write(file, rules);
    }

    /**
     * The ids of a text. The text of a special token is text like any other here, so that nobody can smuggle one in: use this for all text that
     * comes from outside.
     *
     * @throws IllegalArgumentException if the text holds half of a surrogate pair, for which there are no bytes
     */
    @Override
    public int[] encode(String text) {
        Utf8.requireWholePairs(NAME, text);
        return encode(text.toCharArray());
    }

    /**
     * The ids of a text in which special tokens are meant as such, for prompts and training files that one has put together oneself.
     *
     * @throws IllegalArgumentException if the text holds half of a surrogate pair, for which there are no bytes
     */
    public int[] encodeWithSpecialTokens(String text) {
        Utf8.requireWholePairs(NAME, text);
        IntList ids = new IntList(text.length() / 3);
        for (SpecialTokens.Part part : specialTokens.split(text)) {
            if (part.special()) {
                ids.add(rules.specialTokens().get(part.text()));
            } else {
                encode(part.text().toCharArray(), ids);
            }
        }
        return ids.toArray();
    }

    /**
     * The ids of any bytes; {@link #decodeBytes} gives exactly these bytes again. Valid UTF-8 gets the ids of its text. For the cutting into words
     * ({@link PreTokenizer}) a byte that belongs to no valid character counts as neither letter nor number nor white space, like a punctuation mark.
     */
    public int[] encode(byte[] utf8) {
        return encode(Utf8.escape(utf8));
    }

    private int[] encode(char[] text) {
        IntList ids = new IntList(text.length / 3); // English has some four characters to a token
        encode(text, ids);
        return ids.toArray();
    }

    private void encode(char[] text, IntList ids) {
        for (int start = 0; start < text.length; ) {
            int end = PreTokenizer.end(text, start, text.length);
            ids.addAll(end - start > WordCache.LONGEST ? word(text, start, end) : cached(text, start, end));
            start = end;
        }
    }

    private int[] cached(char[] text, int start, int end) {
        int hash = WordCache.hash(text, start, end);
        int[] known = cache.get(hash, text, start, end);
        if (known != null) {
            return known;
        }
        int[] ids = word(text, start, end);
        cache.put(hash, text, start, end, ids);
        return ids;
    }

    /** One word: first a token for each byte, then merged. */
    private int[] word(char[] text, int start, int end) {
        byte[] bytes = Utf8.unescape(text, start, end);
        int[] ids = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            ids[i] = rules.byteIds()[bytes[i] & 0xFF];
        }
        return WordMerger.merge(ids, merges);
    }

    /**
     * The text of some tokens put together; special tokens appear as their text. A single token may hold only a part of a character: what is no valid
     * UTF-8 becomes U+FFFD, as in Python with {@code errors="replace"}. {@link #decodeBytes} loses nothing, and {@link StreamingDecoder} takes one
     * token after the other.
     */
    @Override
    public String decode(int... ids) {
        byte[] bytes = decodeBytes(ids);
        return Utf8.decode(bytes, bytes.length);
    }

    /**
     * The bytes of some tokens put together.
     *
     * @throws IndexOutOfBoundsException if there is no token of such an id; the message names it and its position
     */
    public byte[] decodeBytes(int... ids) {
        return vocabulary.join(ids);
    }

    @Override
    public byte[] bytes(int id) {
        return vocabulary.bytes(id);
    }

    @Override
    public int vocabularySize() {
        return vocabulary.size();
    }

    /** The merges, in the order in which they were learned and are done. */
    public List<Merge> merges() {
        return rules.merges();
    }

    /** The ids of the special tokens. */
    public Map<String, Integer> specialTokens() {
        return rules.specialTokens();
    }

    /**
     * The id of a special token.
     *
     * @throws IllegalArgumentException if there is none of that text
     */
    public int specialToken(String text) {
        Integer id = rules.specialTokens().get(text);
        if (id == null) {
            throw new IllegalArgumentException("bpe tokenizer: there is no special token \"" + text + "\" among "
                    + rules.specialTokens().keySet() + "; add it with withSpecialTokens");
        }
        return id;
    }

    /**
     * The same tokenizer with more special tokens, such as one for padding. Their ids follow the others, so that a model needs as many more rows.
     *
     * @throws IllegalArgumentException if one is empty, holds half of a surrogate pair, or is there already
     */
    public BpeTokenizer withSpecialTokens(String... texts) {
        return new BpeTokenizer(rules.withSpecialTokens(List.of(texts)));
    }

    @Override
    public String toString() {
        return "BpeTokenizer(" + merges().size() + " merges, special tokens "
                + specialTokens().keySet() + ")";
    }
}
