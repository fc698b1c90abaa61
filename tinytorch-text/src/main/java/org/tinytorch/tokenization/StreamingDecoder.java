package org.tinytorch.tokenization;

import java.util.Arrays;

/**
 * Decodes tokens one at a time, while a model generates them. A token may end inside a character, for instance with two of the four bytes of an
 * emoji: these are held back until the rest comes. All parts together, that of {@link #finish} included, are what {@link Tokenizer#decode} gives for
 * all ids at once.
 *
 * <pre>{@code
 * StreamingDecoder decoder = new StreamingDecoder(tokenizer);
 * while (generating) {
 *     System.out.print(decoder.accept(nextId));
 * }
 * System.out.println(decoder.finish());
 * }</pre>
 *
 * <p>Works for every tokenizer. Not thread-safe: one for each text.
 */
public final class StreamingDecoder {
    private final Tokenizer tokenizer;

    /** The first bytes of a character, at most three. */
    private byte[] heldBack = {};

    /** A decoder at the start of a text. */
    public StreamingDecoder(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * The text that is complete with this token; empty if all of it ends inside a character. Bytes that can no longer become one give U+FFFD.
     *
     * @throws IndexOutOfBoundsException if there is no token of such an id; the decoder stays as it was
     */
    public String accept(int id) {
        byte[] token = tokenizer.bytes(id);
        // region Task 11.9: hold back half a character
        byte[] bytes = Arrays.copyOf(heldBack, heldBack.length + token.length);
        System.arraycopy(token, 0, bytes, heldBack.length, token.length);
        int complete = complete(bytes);
        heldBack = Arrays.copyOfRange(bytes, complete, bytes.length);
        return Utf8.decode(bytes, complete);
        // endregion
    }

    /** How many of the bytes can be decoded: where the last character starts if it is incomplete, otherwise all. */
    private static int complete(byte[] bytes) {
        int i = 0;
        while (i < bytes.length) {
            int length = Utf8.length(bytes, i, bytes.length);
            if (length == Utf8.INCOMPLETE) {
                return i;
            }
            i += Math.abs(length);
        }
        return i;
    }

    /** What was held back: nothing, or U+FFFD for a character that stayed incomplete. After it the decoder is ready for another text. */
    public String finish() {
        String rest = Utf8.decode(heldBack, heldBack.length);
        heldBack = new byte[0];
        return rest;
    }
}
