// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/tokenization/Tokenizer.java. Read it, don't edit it.
package org.tinytorch.tokenization;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Turns text into token ids and back. For any text that {@code encode} accepts, {@code decode(encode(text))} is the text again.
 *
 * <p>Ids are {@code 0 … vocabularySize() − 1}.
 */
public interface Tokenizer {
    /**
     * The ids of a text's tokens, in order; none for the empty text.
     *
     * @throws IllegalArgumentException if the text holds something that this tokenizer has no token for
     */
    int[] encode(String text);

    /**
     * The text of some tokens put together.
     *
     * @throws IndexOutOfBoundsException if there is no token of such an id; the message names it and its position
     */
    String decode(int... ids);

    /**
     * The bytes of one token, in UTF-8. They need not be whole characters: {@link StreamingDecoder} puts those together.
     *
     * @throws IndexOutOfBoundsException if there is no token of such an id
     */
    byte[] bytes(int id);

    /** The number of different tokens. */
    int vocabularySize();

    /**
     * Writes the tokenizer to a small JSON file, as a whole or not at all. {@link Tokenizers#load} reads it again.
     *
     * @throws IOException if writing fails, for instance because the folder does not exist; an older file of that name stays as it was
     */
    void save(Path file) throws IOException;
}
