package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokenizer files that are wrong, or of another model: each is refused, by name and with the reason. */
class Llama2cTokenizerRefusalTest {
    private static final Llama2cTokens TOKENS = Llama2cTokens.of(" ab").add("ab", -1);
    private static final int SIZE = 263;

    /** Where the first token's length lies: after the longest length and a score. */
    private static final int LENGTH_OF_FIRST = 8;

    @TempDir
    Path directory;

    @Test
    void everyShorterFileIsRefused() throws IOException {
        byte[] whole = TOKENS.bytes();
        for (int length = 0; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length), SIZE, "than the model's 263", "use the tokenizer that");
        }
    }

    @Test
    void aVocabularyOfAnotherSizeIsRefused() throws IOException {
        byte[] whole = TOKENS.bytes();

        assertRefused(
                whole, SIZE - 1, "after 262 tokens there are 10 more bytes", "larger vocabulary than the model's 262");
        assertRefused(
                whole, SIZE + 1, "the file ends before token 263 of 264", "smaller vocabulary than the model's 264");
        assertRefused(whole, 32_000, "32000 tokens take at least 288004", "smaller vocabulary than the model's 32000");
        assertRefused(whole, Integer.MAX_VALUE, "2147483647 tokens take at least 19327352827");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 259})
    void aVocabularyThatIsTooSmallIsNoSize(int size) throws IOException {
        Path file = write(TOKENS.bytes());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Llama2c.tokenizer(file, size))
                .withMessageContaining("a vocabulary of " + size + " tokens has no room");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 9, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void impossibleLengthsAreNamed(int length) throws IOException {
        assertRefused(with(LENGTH_OF_FIRST, length), SIZE, "token 0 has " + length + " bytes, which is not in 1 … 6");
    }

    @Test
    void aLengthBeyondTheFileIsRefusedBeforeMemoryIsTaken() throws IOException {
        byte[] bytes = with(LENGTH_OF_FIRST, 1_000_000_000);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(Integer.MAX_VALUE);

        assertRefused(bytes, SIZE, "the file ends within token 0 of 263, which has 1000000000 bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void anImpossibleLongestLengthIsNamed(int longest) throws IOException {
        assertRefused(with(0, longest), SIZE, "its longest token has " + longest + " bytes");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void scoresThatAreNoNumbersAreNamed(float score) throws IOException {
        assertRefused(with(4, Float.floatToRawIntBits(score)), SIZE, "token 0 has the score " + score);
    }

    @Test
    void aTokenizerWithoutTokensForBytesIsRefused() throws IOException {
        byte[] early = Llama2cTokens.of(" ab").replace(13, "\n", 0).bytes();

        assertRefused(early, 262, "token 13 is not <0x0A>", "tokenizer.py");
    }

    @Test
    void aTokenizerWithoutASpaceIsRefused() throws IOException {
        assertRefused(Llama2cTokens.of("ab").bytes(), 261, "there is no token for a space");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = directory.resolve("none.bin");

        assertThatThrownBy(() -> Llama2c.tokenizer(file, SIZE))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContainingAll(file.toString(), "there is no such file");
    }

    private static byte[] with(int at, int value) {
        byte[] bytes = TOKENS.bytes();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return bytes;
    }

    private void assertRefused(byte[] bytes, int size, String... reasons) throws IOException {
        Path file = write(bytes);

        assertThatThrownBy(() -> Llama2c.tokenizer(file, size))
                .as("%d bytes, %d tokens", bytes.length, size)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("llama2.c tokenizer: " + file + ": ")
                .hasMessageContainingAll(reasons);
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("tokenizer.bin"), bytes);
    }
}
