// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/tokenization/PreTokenizer.java. Read it, don't edit it.
package org.tinytorch.tokenization;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts text into words before byte-pair encoding, by the rule of GPT-2 (Radford et al., 2019), so that no token reaches from one word into the next. A
 * space belongs to the word after it. As a regular expression the rule is
 *
 * <pre>{@code
 * 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
 * }</pre>
 *
 * in which {@code \s} is Unicode's property White_Space, as in Python's module {@code regex}. Java's {@code \s} is six characters only, and Python's
 * {@code str.isspace} has four control characters more. Letters and numbers are those of the running JDK's Unicode version. Half of a surrogate pair
 * is neither.
 *
 * <pre>{@code
 * PreTokenizer.split("We've  seen 2 cats!");  // "We" "'ve" " " " seen" " 2" " cats" "!"
 * }</pre>
 *
 * <p>Written by hand because a regular expression is some ten times slower and makes a String of every word.
 */
public final class PreTokenizer {
    static final byte SPACE = 0;
    static final byte LETTER = 1;
    static final byte NUMBER = 2;
    static final byte OTHER = 3;

    /** The kinds of the characters of most alphabets, looked up once. */
    private static final byte[] KINDS = kinds(0x800);

    private PreTokenizer() {}

    /** The words of a text, in order; put together they are the text again. */
    public static List<String> split(String text) {
        char[] chars = text.toCharArray();
        List<String> words = new ArrayList<>();
        for (int start = 0; start < chars.length; ) {
            int end = end(chars, start, chars.length);
            words.add(text.substring(start, end));
            start = end;
        }
        return words;
    }

    /**
     * Where the word ends that starts at {@code start}.
     *
     * @param start at least one character before {@code limit}
     * @param limit where the text ends
     */
    static int end(char[] text, int start, int limit) {
        int suffix = suffix(text, start, limit);
        if (suffix > 0) {
            return start + suffix;
        }
        int first = start;
        if (text[start] == ' ' && start + 1 < limit) {
            first = start + 1; // the one space that a word may have in front
        }
        byte kind = kindAt(text, first, limit);
        if (kind != SPACE) {
            return run(text, first, limit, kind);
        }
        int end = run(text, start, limit, SPACE);
        boolean wordFollows = end < limit;
        return wordFollows && end - start > 1 ? end - 1 : end; // the last one is left to the word that follows
    }

    /** Where characters of this kind stop. */
    private static int run(char[] text, int start, int limit, byte kind) {
        int end = start;
        while (end < limit && kindAt(text, end, limit) == kind) {
            end += isPair(text, end, limit) ? 2 : 1;
        }
        return end;
    }

    /** The length of {@code 's 't 're 've 'm 'll 'd} if one stands here, otherwise 0. */
    private static int suffix(char[] text, int start, int limit) {
        if (text[start] != '\'' || start + 1 == limit) {
            return 0;
        }
        char second = text[start + 1];
        if (second == 's' || second == 't' || second == 'm' || second == 'd') {
            return 2;
        }
        char third = start + 2 < limit ? text[start + 2] : ' ';
        boolean two =
                (second == 'r' && third == 'e') || (second == 'v' && third == 'e') || (second == 'l' && third == 'l');
        return two ? 3 : 0;
    }

    private static byte kindAt(char[] text, int index, int limit) {
        char c = text[index];
        return c < KINDS.length ? KINDS[c] : kind(Character.codePointAt(text, index, limit));
    }

    private static boolean isPair(char[] text, int index, int limit) {
        return Character.isHighSurrogate(text[index]) && index + 1 < limit && Character.isLowSurrogate(text[index + 1]);
    }

    /** The kind of a code point. */
    static byte kind(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER -> LETTER;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> NUMBER;
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> SPACE;
            case Character.CONTROL -> (codePoint >= '\t' && codePoint <= '\r') || codePoint == 0x85 ? SPACE : OTHER;
            default -> OTHER;
        };
    }

    private static byte[] kinds(int count) {
        byte[] kinds = new byte[count];
        for (int codePoint = 0; codePoint < count; codePoint++) {
            kinds[codePoint] = kind(codePoint);
        }
        return kinds;
    }
}
