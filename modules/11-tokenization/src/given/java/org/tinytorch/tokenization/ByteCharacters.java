// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/tokenization/ByteCharacters.java. Read it, don't edit it.
package org.tinytorch.tokenization;

/**
 * The visible character by which GPT-2's files write each byte. Bytes that Latin-1 shows stand for themselves; the other 68, such as the space, take
 * the characters from U+0100 on, in order. So a space is written {@code Ġ} (U+0120) and a line feed {@code Ċ} (U+010A).
 */
final class ByteCharacters {
    private static final char[] CHARACTERS = compute();

    private ByteCharacters() {}

    static char of(int value) {
        return CHARACTERS[value];
    }

    private static char[] compute() {
        char[] characters = new char[BpeRules.BYTES];
        int others = 0;
        for (int value = 0; value < characters.length; value++) {
            characters[value] = (char) (visible(value) ? value : 0x100 + others++);
        }
        return characters;
    }

    /** Neither a control character nor a space nor the soft hyphen, which is seen only at the end of a line. */
    private static boolean visible(int value) {
        return (value >= '!' && value <= '~') || (value >= 0xA1 && value != 0xAD);
    }
}
