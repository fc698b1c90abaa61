package org.tinytorch.tokenization;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A tokenizer in which every character is a token: a small vocabulary, long sequences. A character is a Unicode code point, so that {@code 👋}, two
 * {@code char}s in Java, is one token.
 *
 * <pre>{@code
 * CharTokenizer tokenizer = CharTokenizer.of("hello");  // e h l o
 * tokenizer.encode("hole");                             // 1 3 2 0
 * }</pre>
 *
 * <p>Immutable.
 */
public final class CharTokenizer implements Tokenizer {
    /** The code point of each id, ascending. */
    private final int[] codePoints;

    private CharTokenizer(int[] codePoints) {
        this.codePoints = codePoints;
    }

    /**
     * The tokenizer whose vocabulary is the characters of a text. Ids follow the order of code points, so that the order of the text does not matter.
     *
     * @throws IllegalArgumentException if the text is empty, or holds half of a surrogate pair, which is not a character
     */
    public static CharTokenizer of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(
                    "char tokenizer: the text is empty and gives no vocabulary; use the text to be learned");
        }
        int[] codePoints = text.codePoints().distinct().sorted().toArray();
        for (int codePoint : codePoints) {
            if (Character.getType(codePoint) == Character.SURROGATE) {
                throw new IllegalArgumentException(String.format(
                        "char tokenizer: the text holds U+%04X, half of a surrogate pair; it was cut inside a character, cut it elsewhere",
                        codePoint));
            }
        }
        return new CharTokenizer(codePoints);
    }

    /**
     * The tokenizer of a saved vocabulary.
     *
     * @throws IllegalArgumentException if its characters are not in order, or one is there twice
     */
    static CharTokenizer ofVocabulary(String vocabulary) {
        CharTokenizer tokenizer = of(vocabulary);
        if (!tokenizer.vocabulary().equals(vocabulary)) {
            throw new IllegalArgumentException(
                    "char tokenizer: the characters of the vocabulary do not ascend, so that their ids are not certain; save the tokenizer anew");
        }
        return tokenizer;
    }

    /**
     * Reads a tokenizer that {@link #save} wrote.
     *
     * @throws IOException if the file cannot be read, or holds something else; the message names the file and says what
     */
    public static CharTokenizer load(Path file) throws IOException {
        return TokenizerFile.read(file, CharTokenizer.class);
    }

    @Override
    public void save(Path file) throws IOException {
        TokenizerFile.write(file, this);
    }

    /** All characters in the order of their ids; {@link #of} makes the same tokenizer of it again. */
    public String vocabulary() {
        return new String(codePoints, 0, codePoints.length);
    }

    /**
     * The id of each character.
     *
     * @throws IllegalArgumentException if a character is not in the vocabulary; the message names it and its position
     */
    @Override
    public int[] encode(String text) {
        // region Task 11.1: a number for each character
        int[] ids = text.codePoints()
                .map(codePoint -> Arrays.binarySearch(codePoints, codePoint))
                .toArray();
        for (int position = 0; position < ids.length; position++) {
            if (ids[position] < 0) {
                throw unknown(text, position);
            }
        }
        return ids;
        // endregion
    }

    /**
     * What to throw for a character that has no id.
     *
     * @param position its number among the characters of the text, from 0
     */
    private IllegalArgumentException unknown(String text, int position) {
        int codePoint = text.codePointAt(text.offsetByCodePoints(0, position));
        String name = String.format("U+%04X", codePoint);
        return new IllegalArgumentException("char tokenizer: character "
                + (Character.isISOControl(codePoint) ? name : "'" + Character.toString(codePoint) + "' (" + name + ")")
                + " at position " + position
                + " is not among the " + codePoints.length
                + " characters of the vocabulary; leave it out, or build the tokenizer from a text that holds it");
    }

    @Override
    public String decode(int... ids) {
        for (int position = 0; position < ids.length; position++) {
            if (ids[position] < 0 || ids[position] >= codePoints.length) {
                throw new IndexOutOfBoundsException("char tokenizer: id " + ids[position] + " at position " + position
                        + " is not in 0 … " + (codePoints.length - 1));
            }
        }
        // region Task 11.2: from numbers back to characters
        StringBuilder text = new StringBuilder(ids.length);
        for (int id : ids) {
            text.appendCodePoint(codePoints[id]);
        }
        return text.toString();
        // endregion
    }

    @Override
    public byte[] bytes(int id) {
        if (id < 0 || id >= codePoints.length) {
            throw new IndexOutOfBoundsException(
                    "char tokenizer: id " + id + " is not in 0 … " + (codePoints.length - 1));
        }
        return Character.toString(codePoints[id]).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int vocabularySize() {
        return codePoints.length;
    }
}
