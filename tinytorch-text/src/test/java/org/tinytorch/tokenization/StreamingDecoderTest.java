package org.tinytorch.tokenization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class StreamingDecoderTest {
    private static final BpeTokenizer BYTES = BpeTrainer.ofMerges(0, "<|end|>").train("x");

    @Test
    void aCharacterIsHeldBackUntilItsLastByte() {
        StreamingDecoder decoder = new StreamingDecoder(BYTES);
        assertThat(decoder.accept('a')).isEqualTo("a");
        assertThat(decoder.accept(0xF0)).isEmpty();
        assertThat(decoder.accept(0x9F)).isEmpty();
        assertThat(decoder.accept(0x91)).isEmpty();
        assertThat(decoder.accept(0x8B)).isEqualTo("👋");
        assertThat(decoder.finish()).isEmpty();
    }

    @Test
    void whatStaysIncompleteIsReplaced() {
        StreamingDecoder decoder = new StreamingDecoder(BYTES);
        decoder.accept(0xE4);
        assertThat(decoder.accept(0xB8)).isEmpty();
        assertThat(decoder.accept(256)).isEqualTo("\uFFFD<|end|>");
        decoder.accept(0xC3);
        assertThat(decoder.finish()).isEqualTo("\uFFFD");
        assertThat(decoder.finish()).as("nothing is left").isEmpty();
        assertThat(decoder.accept('b')).as("the next text").isEqualTo("b");
    }

    @Test
    void anUnknownIdLeavesTheDecoderAsItWas() {
        StreamingDecoder decoder = new StreamingDecoder(BYTES);
        decoder.accept(0xC3);
        assertThatThrownBy(() -> decoder.accept(257))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("bpe tokenizer: id 257 is not in 0 … 256");
        assertThat(decoder.accept(0xA9)).isEqualTo("é");
    }

    private static String stream(Tokenizer tokenizer, int... ids) {
        StreamingDecoder decoder = new StreamingDecoder(tokenizer);
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            String part = decoder.accept(id);
            Utf8.requireWholePairs("a part", part);
            text.append(part);
        }
        return text.append(decoder.finish()).toString();
    }

    @Property
    void thePartsAreTheWhole(@ForAll("bytes") byte[] bytes, @ForAll("bytes") byte[] learned) {
        int[] ids = BYTES.encode(bytes);
        assertThat(stream(BYTES, ids)).isEqualTo(BYTES.decode(ids));
        BpeTokenizer merging = BpeTrainer.ofMerges(20).train("a" + new String(learned, StandardCharsets.UTF_8));
        int[] fewer = merging.encode(bytes);
        assertThat(stream(merging, fewer)).isEqualTo(merging.decode(fewer));
    }

    @Property
    void aCharTokenizerPassesThrough(@ForAll("texts") String text) {
        CharTokenizer tokenizer = CharTokenizer.of("a" + text);
        assertThat(stream(tokenizer, tokenizer.encode(text))).isEqualTo(text);
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Texts.bytes();
    }

    @Provide
    Arbitrary<String> texts() {
        return Texts.wholeCharacters();
    }
}
