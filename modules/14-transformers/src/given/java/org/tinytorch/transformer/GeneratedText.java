// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/transformer/GeneratedText.java. Read it, don't edit it.
package org.tinytorch.transformer;

/**
 * What a {@link TextGenerator} wrote.
 *
 * @param text without the prompt, and without the stop that ended it
 * @param tokens how many were drawn
 * @param end why it ended there
 */
public record GeneratedText(String text, int tokens, End end) {
    /** Why a text ended. */
    public enum End {
        /** As many tokens as were asked for. */
        LENGTH,
        /** One of the stop strings came up. */
        STOP_SEQUENCE,
        /** The stop token was drawn. */
        STOP_TOKEN
    }
}
