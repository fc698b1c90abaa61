package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThatCode;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints that are wrong: each is refused, by name and with the reason. */
class Llama2cRefusalTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0          | dim is 0, but must be 1 or more",
                "0 | -4         | dim is -4, but must be 1 or more",
                "1 | 0          | hidden_dim is 0",
                "1 | -2147483648| hidden_dim is -2147483648",
                "2 | 0          | n_layers is 0",
                "2 | 1025       | n_layers is 1025, more than 1024",
                "3 | 0          | n_heads is 0",
                "3 | 3          | dim 4 is not a multiple of n_heads 3",
                "3 | 4          | heads of 1 numbers cannot be turned in pairs",
                "4 | 0          | n_kv_heads is 0",
                "4 | 3          | n_heads 2 is not a multiple of n_kv_heads 3",
                "5 | 0          | vocab_size is 0",
                "5 | -2147483648| vocab_size is -2147483648",
                "6 | 0          | seq_len is 0",
                "6 | -1         | seq_len is -1"
            })
    void namesTheNumberThatIsImpossible(int index, int value, String reason) throws IOException {
        Path file = write(with(index, value));

        assertThatThrownBy(() -> Llama2c.model(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("llama2.c checkpoint: " + file + ": the header is impossible: " + reason)
                .hasMessageContaining("fetch it again");
    }

    @ParameterizedTest
    @CsvSource({"0, 2147483644", "1, 2147483647", "2, 1024", "5, 2147483647", "5, -2147483647", "6, 2147483647"})
    void sizesThatTheFileDoesNotHaveAreRefusedBeforeMemoryIsTaken(int index, int value) throws IOException {
        Path file = write(with(index, value));

        assertThatThrownBy(() -> Llama2c.model(file))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(file.toString(), Integer.toString(value), "it is cut off");
    }

    @Test
    void sizesBeyondEveryLongAreRefused() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(Integer.MAX_VALUE - 1)
                .putInt(Integer.MAX_VALUE)
                .putInt(1024)
                .putInt(1);
        header.putInt(1).putInt(-Integer.MAX_VALUE).putInt(Integer.MAX_VALUE);
        Path file = write(header.array());

        assertThatThrownBy(() -> Llama2c.model(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("takes 1")
                .hasMessageContaining("but the file has 28");
    }

    @Test
    void everyShorterFileIsRefused() throws IOException {
        byte[] whole = Llama2cCheckpoint.tiny().bytes();
        for (int length = 0; length < whole.length; length++) {
            Path file = write(Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> Llama2c.model(file))
                    .as("first %d of %d bytes", length, whole.length)
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll(file.toString(), length + "", "it is cut off", "fetch it again");
        }
    }

    @Test
    void aLongerFileIsRefused() throws IOException {
        byte[] whole = Llama2cCheckpoint.tiny().bytes();
        Path file = write(Arrays.copyOf(whole, whole.length + 1));

        assertThatThrownBy(() -> Llama2c.model(file))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(
                        "takes " + whole.length + " bytes", "the file has " + (whole.length + 1), "was appended");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void laterVersionsAreRefusedWithTheWayOut(int version) throws IOException {
        byte[] bytes = new byte[256];
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x616b3432)
                .putInt(version)
                .putInt(288);
        Path file = write(bytes);

        assertThatThrownBy(() -> Llama2c.model(file))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(
                        file.toString(), "of version " + version, "only version 0 is read", "export.py", "--version 0");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = directory.resolve("none.bin");

        assertThatThrownBy(() -> Llama2c.model(file))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContainingAll(file.toString(), "there is no such file");
        assertThatThrownBy(() -> Llama2c.model(directory)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aModelThatIsTooLargeForTheHeapIsRefusedWithTheWayOut() {
        Llama2cHeader stories15M = new Llama2cHeader(288, 768, 6, 6, 6, 32_000, true, 256);

        assertThatThrownBy(() -> stories15M.checkMemory(100 << 20))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("take 115 MB", "may use 100 MB", "-Xmx231m");
        assertThatCode(() -> stories15M.checkMemory(200 << 20)).doesNotThrowAnyException();
    }

    @Test
    void aTensorThatIsTooLargeForAnArrayIsRefused() {
        Llama2cHeader wide = new Llama2cHeader(65_536, 65_536, 1, 64, 64, 32_000, true, 256);

        assertThatThrownBy(() -> wide.checkMemory(Long.MAX_VALUE))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("12884901888 numbers", "use a smaller model");
    }

    /** The tiny checkpoint with another number in its header. */
    private static byte[] with(int index, int value) {
        byte[] bytes = Llama2cCheckpoint.tiny().bytes();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(index * Integer.BYTES, value);
        return bytes;
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("model.bin"), bytes);
    }
}
