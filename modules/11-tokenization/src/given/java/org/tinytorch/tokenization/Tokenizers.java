// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/tokenization/Tokenizers.java. Read it, don't edit it.
package org.tinytorch.tokenization;

import java.io.IOException;
import java.nio.file.Path;

/** Reads tokenizers of any kind. */
public final class Tokenizers {
    private Tokenizers() {}

    /**
     * Reads what {@link Tokenizer#save} wrote, whichever kind it is.
     *
     * @throws IOException if the file cannot be read, or is not such a file; the message names it and says what is wrong
     */
    public static Tokenizer load(Path file) throws IOException {
        return TokenizerFile.read(file, Tokenizer.class);
    }

    /**
     * The same from memory, for what lies within another file.
     *
     * @param json the bytes of a file that {@link Tokenizer#save} wrote
     * @throws IllegalArgumentException if they are none; the message says what is wrong
     */
    public static Tokenizer parse(byte[] json) {
        return TokenizerFile.parse(json);
    }
}
