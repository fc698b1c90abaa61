// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/tokenization/Utf8.java. Read it, don't edit it.
package org.tinytorch.tokenization;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * UTF-8 in which no byte gets lost. Bytes that are no UTF-8 become the halves of surrogate pairs U+DC80 … U+DCFF, which no valid UTF-8 gives, and
 * back: Python calls it {@code surrogateescape} (PEP 383).
 */
final class Utf8 {
    /** What {@link #length} says of bytes that end inside a character. */
    static final int INCOMPLETE = 0;

    private static final int ESCAPE = 0xDC00;

    private Utf8() {}

    /**
     * How many bytes the character has that starts at {@code from}, by table 3-7 of the Unicode standard.
     *
     * @param limit where the bytes end
     * @return 1 … 4; or {@link #INCOMPLETE}; or −n if the first n bytes are no character, whatever follows: of an invalid sequence as many as still
     *     looked like the start of one, which is what Python and web browsers replace by one U+FFFD
     */
    static int length(byte[] bytes, int from, int limit) {
        int lead = bytes[from] & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        if (lead < 0xC2 || lead > 0xF4) {
            return -1;
        }
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80; // lower: could be written shorter
        int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF; // higher: a surrogate, or beyond U+10FFFF
        for (int i = 1; i < length; i++) {
            if (from + i == limit) {
                return INCOMPLETE;
            }
            int next = bytes[from + i] & 0xFF;
            if (next < lowest || next > highest) {
                return -i;
            }
            lowest = 0x80;
            highest = 0xBF;
        }
        return length;
    }

    /** The text of bytes; what is invalid, also an incomplete character at the end, becomes U+FFFD. */
    static String decode(byte[] bytes, int limit) {
        String text = new String(bytes, 0, limit, StandardCharsets.UTF_8);
        // The JDK puts one U+FFFD in the place of an encoded surrogate, where Python, browsers and length() count
        // three.
        return text.indexOf('\uFFFD') < 0 ? text : decodeInvalid(bytes, limit);
    }

    private static String decodeInvalid(byte[] bytes, int limit) {
        StringBuilder text = new StringBuilder(limit);
        for (int i = 0; i < limit; ) {
            int length = length(bytes, i, limit);
            if (length > 0) {
                text.appendCodePoint(codePoint(bytes, i, length));
                i += length;
            } else {
                text.append('\uFFFD');
                i += length == INCOMPLETE ? limit - i : -length;
            }
        }
        return text.toString();
    }

    /** The UTF-16 of bytes, every invalid one escaped. */
    static char[] escape(byte[] bytes) {
        char[] chars = new char[bytes.length];
        int size = 0;
        for (int i = 0; i < bytes.length; ) {
            int length = length(bytes, i, bytes.length);
            if (length > 0) {
                size += Character.toChars(codePoint(bytes, i, length), chars, size);
                i += length;
            } else {
                chars[size++] = (char) (ESCAPE + (bytes[i++] & 0xFF));
            }
        }
        return Arrays.copyOf(chars, size);
    }

    /** The bytes of UTF-16 in which invalid bytes are escaped: the inverse of {@link #escape}. Other halves of pairs must not occur. */
    static byte[] unescape(char[] chars, int from, int limit) {
        byte[] bytes = new byte[3 * (limit - from)];
        int size = 0;
        for (int i = from; i < limit; i++) {
            int c = chars[i];
            if (c < 0x80) {
                bytes[size++] = (byte) c;
            } else if (c < 0x800) {
                bytes[size++] = (byte) (0xC0 | (c >> 6));
                bytes[size++] = following(c, 0);
            } else if (Character.isLowSurrogate((char) c)) { // the second half of a pair is skipped below
                bytes[size++] = (byte) c;
            } else if (Character.isHighSurrogate((char) c)) {
                c = Character.toCodePoint((char) c, chars[++i]);
                bytes[size++] = (byte) (0xF0 | (c >> 18));
                bytes[size++] = following(c, 12);
                bytes[size++] = following(c, 6);
                bytes[size++] = following(c, 0);
            } else {
                bytes[size++] = (byte) (0xE0 | (c >> 12));
                bytes[size++] = following(c, 6);
                bytes[size++] = following(c, 0);
            }
        }
        return Arrays.copyOf(bytes, size);
    }

    /** Six bits of a code point, as the second or a later byte. */
    private static byte following(int codePoint, int shift) {
        return (byte) (0x80 | ((codePoint >> shift) & 0x3F));
    }

    private static int codePoint(byte[] bytes, int from, int length) {
        int codePoint = length == 1 ? bytes[from] : bytes[from] & (0x7F >> length);
        for (int i = 1; i < length; i++) {
            codePoint = (codePoint << 6) | (bytes[from + i] & 0x3F);
        }
        return codePoint;
    }

    /**
     * Checks that a text can be written in UTF-8.
     *
     * @throws IllegalArgumentException if it holds half of a surrogate pair
     */
    static void requireWholePairs(String owner, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    throw new IllegalArgumentException(String.format(
                            "%s: the text holds U+%04X at position %d, half of a surrogate pair; it was cut inside a character, cut it elsewhere",
                            owner, (int) c, i));
                }
            }
        }
    }
}
