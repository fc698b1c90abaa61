package org.tinytorch.tokenization;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {
    @Property
    void everyByteComesBackFromItsEscape(@ForAll("bytes") byte[] bytes) {
        char[] escaped = Utf8.escape(bytes);
        assertThat(Utf8.unescape(escaped, 0, escaped.length)).containsExactly(bytes);
    }

    @Property
    void validTextIsTheSameAsInTheJdk(@ForAll("texts") String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8.decode(bytes, bytes.length)).isEqualTo(text);
        assertThat(new String(Utf8.escape(bytes))).isEqualTo(text);
        assertThat(Utf8.unescape(text.toCharArray(), 0, text.length())).containsExactly(bytes);
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Texts.bytes();
    }

    @Provide
    Arbitrary<String> texts() {
        return Texts.wholeCharacters();
    }

    /** What Python gives for {@code bytes.decode("utf-8", "replace")}. */
    @ParameterizedTest
    @CsvSource({
        "80, ?",
        "4180, A?",
        "c0af, ??",
        "c2, ?",
        "c241, ?A",
        "e08041, ??A",
        "e4b841, ?A",
        "e4b8, ?",
        "eda080, ???",
        "f09f9141, ?A",
        "f0808080, ????",
        "f48fbfbf41, \uDBFF\uDFFFA",
        "f4908080, ????",
        "f5, ?",
        "ffe4b8ad, ?中",
        "efbfbd80, \uFFFD?"
    })
    void invalidBytesAreReplacedAsInPython(String hex, String expected) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(Utf8.decode(bytes, bytes.length)).isEqualTo(expected.replace('?', '\uFFFD'));
    }
}
