package org.tinytorch.tokenization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class CharTokenizerTest {
    private final CharTokenizer tokenizer = CharTokenizer.of("hello");

    @Test
    void idsFollowTheOrderOfCharacters() {
        assertThat(tokenizer.vocabulary()).isEqualTo("ehlo");
        assertThat(tokenizer.vocabularySize()).isEqualTo(4);
        assertThat(tokenizer.encode("hole")).containsExactly(1, 3, 2, 0);
        assertThat(tokenizer.decode(1, 3, 2, 0)).isEqualTo("hole");
    }

    @Test
    void noTextHasNoTokens() {
        assertThat(tokenizer.encode("")).isEmpty();
        assertThat(tokenizer.decode()).isEmpty();
    }

    @Test
    void aCharacterBeyondSixteenBitsIsOneToken() {
        CharTokenizer emoji = CharTokenizer.of("a👋é🌍");
        assertThat(emoji.vocabularySize()).isEqualTo(4);
        assertThat(emoji.encode("👋a🌍")).containsExactly(3, 0, 2);
        assertThat(emoji.decode(3, 0, 2)).isEqualTo("👋a🌍");
    }

    @Test
    void anUnknownCharacterIsNamedWithItsPosition() {
        assertThatThrownBy(() -> tokenizer.encode("hell👋"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("character '👋' (U+1F44B) at position 4 is not among the 4 characters");
        assertThatThrownBy(() -> CharTokenizer.of("👋").encode("👋👋é"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("character 'é' (U+00E9) at position 2");
        assertThatThrownBy(() -> tokenizer.encode("he\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("character U+000A at position 2");
    }

    @Test
    void anIdThatIsNotThereIsNamedWithItsPosition() {
        assertThatThrownBy(() -> tokenizer.decode(0, 4))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("char tokenizer: id 4 at position 1 is not in 0 … 3");
        assertThatThrownBy(() -> tokenizer.decode(-1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("id -1 at position 0");
    }

    @Test
    void anEmptyTextGivesNoTokenizer() {
        assertThatThrownBy(() -> CharTokenizer.of(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the text is empty");
    }

    @Test
    void halfASurrogatePairIsNoCharacter() {
        assertThatThrownBy(() -> CharTokenizer.of("a" + "👋".charAt(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the text holds U+D83D, half of a surrogate pair");
        assertThatThrownBy(() -> CharTokenizer.of("👋").encode("👋".substring(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(U+DC4B) at position 0");
    }

    @Property
    void everyTextComesBack(@ForAll @NotEmpty String text) {
        Tokenizer itsOwn = CharTokenizer.of(text);
        int[] ids = itsOwn.encode(text);
        assertThat(ids).hasSize(text.codePointCount(0, text.length()));
        assertThat(Arrays.stream(ids)).allMatch(id -> id >= 0 && id < itsOwn.vocabularySize());
        assertThat(itsOwn.decode(ids)).isEqualTo(text);
    }

    @Property
    void theVocabularyMakesTheSameTokenizerAgain(@ForAll @NotEmpty String text) {
        CharTokenizer first = CharTokenizer.of(text);
        CharTokenizer second = CharTokenizer.of(first.vocabulary());
        assertThat(second.vocabulary()).isEqualTo(first.vocabulary());
        assertThat(second.encode(text)).containsExactly(first.encode(text));
    }
}
