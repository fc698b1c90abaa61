package org.tinytorch.tokenization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PreTokenizerTest {
    /** GPT-2's expression, with White_Space where it has \s. */
    private static final Pattern RULE = Pattern.compile("'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+"
            + "| ?[^\\p{IsWhite_Space}\\p{L}\\p{N}]+|\\p{IsWhite_Space}+(?!\\P{IsWhite_Space})|\\p{IsWhite_Space}+");

    @Property
    void theScannerCutsLikeTheRegularExpression(@ForAll("texts") String text) {
        List<String> expected =
                RULE.matcher(text).results().map(MatchResult::group).toList();
        assertThat(PreTokenizer.split(text)).isEqualTo(expected);
    }

    @Property
    void nothingGetsLost(@ForAll("texts") String text) {
        assertThat(String.join("", PreTokenizer.split(text))).isEqualTo(text);
    }

    @Provide
    Arbitrary<String> texts() {
        return Texts.anything();
    }

    @Test
    void aSpaceBelongsToTheWordAfterIt() {
        assertThat(PreTokenizer.split("We've  seen 2 cats!"))
                .containsExactly("We", "'ve", " ", " seen", " 2", " cats", "!");
        assertThat(PreTokenizer.split("a \n b\n")).containsExactly("a", " \n", " b", "\n");
        assertThat(PreTokenizer.split("a\n\nb")).containsExactly("a", "\n", "\n", "b");
        assertThat(PreTokenizer.split("end   ")).containsExactly("end", "   ");
        assertThat(PreTokenizer.split("")).isEmpty();
    }

    @Test
    void suffixesAreSmallLettersAfterAnApostrophe() {
        assertThat(PreTokenizer.split("it's I'll I'LL don't'"))
                .containsExactly("it", "'s", " I", "'ll", " I", "'", "LL", " don", "'t", "'");
        assertThat(PreTokenizer.split("'re've'm'd'l")).containsExactly("'re", "'ve", "'m", "'d", "'", "l");
        assertThat(PreTokenizer.split(" 's")).containsExactly(" '", "s");
    }

    @Test
    void whiteSpaceIsThatOfUnicode() {
        StringBuilder spaces = new StringBuilder();
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            if (PreTokenizer.kind(codePoint) == PreTokenizer.SPACE) {
                spaces.append(String.format("%04X ", codePoint));
            }
        }
        assertThat(spaces.toString().trim())
                .as("what Python's regex module takes for \\s")
                .isEqualTo(
                        "0009 000A 000B 000C 000D 0020 0085 00A0 1680 2000 2001 2002 2003 2004 2005 2006 2007 2008 2009"
                                + " 200A 2028 2029 202F 205F 3000");
    }
}
