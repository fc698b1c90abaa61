package org.tinytorch.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.tinytorch.tokenization.StreamingDecoder;
import org.tinytorch.tokenization.Tokenizer;
import org.tinytorch.training.AtomicFile;

/**
 * The tokenizer of llama2.c, and so that of Llama 2 (SentencePiece's BPE). A text begins with the token {@link #BOS} and a space that is not part of it; then each character is a token, or, if there is none, each of its bytes; then
 * the neighbours that make the token with the highest score are joined, until none do.
 *
 * <pre>{@code
 * Llama2cTokenizer tokenizer = Llama2c.tokenizer(Path.of("tokenizer.bin"), 32_000);
 * int[] prompt = tokenizer.encode("Once upon a time"); // begins with 1
 * tokenizer.decode(prompt);                            // Once upon a time
 * tokenizer.encode("", true, false);                   // 1: a model writes a story of its own
 * }</pre>
 *
 * <p>Special tokens never come out of a text, whatever it says. Immutable; any number of threads may use one.
 */
public final class Llama2cTokenizer implements Tokenizer {
    /** The token at which a text begins. llama2.c ends a text when a model gives this one. */
    public static final int BOS = 1;

    /** The token at which a text ends. */
    public static final int EOS = 2;

    private final Llama2cVocabulary vocabulary;

    Llama2cTokenizer(Llama2cVocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /**
     * The ids of a text, {@link #BOS} before them: as llama2.c encodes a prompt. None for the empty text.
     *
     * @throws IllegalArgumentException if the text holds half of a surrogate pair, for which there are no bytes
     */
    @Override
    public int[] encode(String text) {
        return text.isEmpty() ? new int[0] : encode(text, true, false);
    }

    /**
     * The ids of a text.
     *
     * @param bos whether {@link #BOS} comes first; without it, {@link #decode} keeps the space before the text
     * @param eos whether {@link #EOS} comes last
     * @throws IllegalArgumentException if the text holds half of a surrogate pair, for which there are no bytes
     */
    public int[] encode(String text, boolean bos, boolean eos) {
        int[] merged = text.isEmpty() ? new int[0] : ScoredMerges.merge(characters(text), vocabulary);
        int first = bos ? 1 : 0;
        int[] ids = new int[first + merged.length + (eos ? 1 : 0)];
        System.arraycopy(merged, 0, ids, first, merged.length);
        if (bos) {
            ids[0] = BOS;
        }
        if (eos) {
            ids[ids.length - 1] = EOS;
        }
        return ids;
    }

    /** A space, and each character by itself. */
    private int[] characters(String text) {
        int[] ids = new int[1 + 3 * text.length()]; // a char has at most three bytes
        int size = 0;
        ids[size++] = vocabulary.find(" ");
        for (int at = 0; at < text.length(); ) {
            int codePoint = text.codePointAt(at);
            if (Character.getType(codePoint) == Character.SURROGATE) {
                throw new IllegalArgumentException(String.format(
                        "llama2.c tokenizer: the text holds U+%04X at position %d, half of a surrogate pair; it was cut inside a character, cut it elsewhere",
                        codePoint, at));
            }
            byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
            int id = vocabulary.find(new String(bytes, StandardCharsets.ISO_8859_1));
            if (id >= 0) {
                ids[size++] = id;
            } else {
                for (byte one : bytes) {
                    ids[size++] = Llama2cVocabulary.FIRST_BYTE + Byte.toUnsignedInt(one);
                }
            }
            at += Character.charCount(codePoint);
        }
        return Arrays.copyOf(ids, size);
    }

    /**
     * The text of some tokens put together. {@link #BOS} and {@link #EOS} have no text; of a token of text after {@link #BOS}, a space at its beginning is left out, as {@link #encode} puts one there. What is no valid UTF-8 becomes U+FFFD.
     */
    @Override
    public String decode(int... ids) {
        for (int position = 0; position < ids.length; position++) {
            check(ids[position], " at position " + position);
        }
        StreamingDecoder decoder = new StreamingDecoder(this);
        StringBuilder text = new StringBuilder();
        int before = EOS;
        for (int id : ids) {
            String part = decoder.accept(id);
            // What the decoder had held back is no space: the first one is this token's own.
            text.append(before == BOS && beginsWithSpace(id) ? part.replaceFirst(" ", "") : part);
            before = id;
        }
        return text.append(decoder.finish()).toString();
    }

    private boolean beginsWithSpace(int id) {
        return id >= Llama2cVocabulary.FIRST_TEXT && vocabulary.bytes(id).startsWith(" ");
    }

    /** The bytes of one token; none for {@link #BOS} and {@link #EOS}. A space at its beginning is there, as it is not known here what comes before. */
    @Override
    public byte[] bytes(int id) {
        check(id, "");
        if (id == BOS || id == EOS) {
            return new byte[0];
        }
        if (id >= Llama2cVocabulary.FIRST_BYTE && id < Llama2cVocabulary.FIRST_TEXT) {
            return new byte[] {(byte) (id - Llama2cVocabulary.FIRST_BYTE)};
        }
        return vocabulary.bytes(id).getBytes(StandardCharsets.ISO_8859_1);
    }

    private void check(int id, String where) {
        if (id < 0 || id >= vocabulary.size()) {
            throw new IndexOutOfBoundsException(
                    "llama2.c tokenizer: id " + id + where + " is not in 0 … " + (vocabulary.size() - 1));
        }
    }

    @Override
    public int vocabularySize() {
        return vocabulary.size();
    }

    /**
     * Writes the tokenizer as a whole or not at all, in llama2.c's own format and not as JSON: {@link Llama2c#tokenizer} reads it again, {@code Tokenizers.load} does not.
     *
     * @throws IOException if writing fails; an older file of that name stays as it was
     */
    @Override
    public void save(Path file) throws IOException {
        AtomicFile.write(file, vocabulary::write);
    }

    @Override
    public String toString() {
        return "Llama2cTokenizer(" + vocabulary.size() + " tokens)";
    }
}
