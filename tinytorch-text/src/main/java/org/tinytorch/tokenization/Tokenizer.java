package org.tinytorch.tokenization;

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
     * @throws IndexOutOfBoundsException if there is no token of such an id
     */
    String decode(int... ids);

    /** The number of different tokens. */
    int vocabularySize();
}
