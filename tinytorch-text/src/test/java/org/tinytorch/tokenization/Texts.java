package org.tinytorch.tokenization;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Texts that tokenizers find hard, and bytes that are almost UTF-8. */
final class Texts {
    private Texts() {}

    /** Suffixes, all sorts of white space and what is none, letters, numbers and signs, also beyond 16 bits. */
    static Arbitrary<String> wholeCharacters() {
        Arbitrary<String> hard = Arbitraries.of(
                        "'", "'s", "'ll", "'Re", " ", "  ", "\n", "\t", "\r", "\u00A0", "\u3000", "\u2028", "\u0085",
                        "\u001C", "\u200B", "a", "sdmt", "Z", "é", "ß", "ж", "漢", "한", "ʰ", "\u0301", "7", "٣", "½",
                        "Ⅷ", "!", "…", "💥", "𝒜", "𝟘", "\uFFFD", "aa", "ab", "<|end|>")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
        Arbitrary<String> any = Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .filter(codePoint -> Character.getType(codePoint) != Character.SURROGATE)
                .map(Character::toString)
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
        return Combinators.combine(hard, any, hard)
                .as((left, middle, right) -> left + middle + right)
                .withoutEdgeCases();
    }

    /** The same with halves of surrogate pairs. */
    static Arbitrary<String> anything() {
        Arbitrary<String> halves = Arbitraries.of("", "\uD83D", "\uDC80", "\uDCFF", "\uD800 ", " \uDFFF")
                .list()
                .ofMaxSize(3)
                .map(parts -> String.join("", parts));
        return Combinators.combine(wholeCharacters(), halves, wholeCharacters())
                .as((left, half, right) -> left + half + right)
                .withoutEdgeCases();
    }

    /** Bytes among which starts and ends of characters are frequent. */
    static Arbitrary<byte[]> bytes() {
        Arbitrary<Byte> atBorders = Arbitraries.of(
                        0x00, 0x20, 0x27, 0x41, 0x73, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0,
                        0xE4, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF)
                .map(Integer::byteValue);
        return Arbitraries.oneOf(atBorders, Arbitraries.bytes())
                .array(byte[].class)
                .ofMaxSize(24);
    }
}
