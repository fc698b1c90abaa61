package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.tinytorch.setup.AllocationMeter;
import org.tinytorch.tensor.Generator;

/** Valid files in which something was changed at random give a value or an {@link IOException}, and never take more memory than a file of their size warrants. */
class Llama2cFuzzTest {
    /** The first of all runs loads classes. */
    private static final long SMALL = 8 << 20;

    private static final byte[] CHECKPOINT = Llama2cCheckpoint.tiny().bytes();
    private static final Llama2cTokens TOKENS =
            Llama2cTokens.of(" abcé").add(" a", -1).add("ab", -2);

    @Property(tries = 1500)
    void checkpoints(@ForAll long seed, @ForAll @IntRange(min = 0, max = 3) int way) throws IOException {
        byte[] bytes = changed(CHECKPOINT, Llama2cHeader.BYTES, way, new Generator(seed));

        read(bytes, file -> Llama2c.model(file).config());
    }

    @Property(tries = 1500)
    void tokenizers(@ForAll long seed, @ForAll @IntRange(min = 0, max = 3) int way) throws IOException {
        byte[] bytes = changed(TOKENS.bytes(), 64, way, new Generator(seed));

        read(bytes, file -> {
            Llama2cTokenizer tokenizer = Llama2c.tokenizer(file, TOKENS.size());
            return tokenizer.decode(tokenizer.encode("a bé€\n", true, true));
        });
    }

    private static byte[] changed(byte[] valid, int head, int way, Generator generator) {
        byte[] bytes = valid.clone();
        switch (way) {
            case 0: // some bytes anywhere
                for (int i = generator.nextInt(8); i >= 0; i--) {
                    bytes[generator.nextInt(bytes.length)] = (byte) generator.nextInt(256);
                }
                return bytes;
            case 1: // numbers at the beginning, small and large
                for (int i = generator.nextInt(3); i >= 0; i--) {
                    int number = generator.nextInt(Integer.MAX_VALUE) >> generator.nextInt(31);
                    ByteBuffer.wrap(bytes)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(4 * generator.nextInt(head / 4), generator.nextInt(4) == 0 ? -number : number);
                }
                return bytes;
            case 2:
                return Arrays.copyOf(bytes, generator.nextInt(bytes.length));
            default:
                return Arrays.copyOf(bytes, bytes.length + 1 + generator.nextInt(100));
        }
    }

    @FunctionalInterface
    private interface Reader {
        Object read(Path file) throws IOException;
    }

    private static void read(byte[] bytes, Reader reader) throws IOException {
        Path file = Files.createTempFile("llama2c", ".bin");
        try {
            Files.write(file, bytes);
            long allocated = AllocationMeter.ofCurrentThread().measure(() -> outcome(reader, file));

            assertThat(allocated).as("bytes for a file of %d", bytes.length).isLessThan(SMALL);
        } finally {
            Files.delete(file);
        }
    }

    /** The value, or the message of the documented exception; any other exception passes through and fails the test. */
    private static void outcome(Reader reader, Path file) {
        try {
            assertThat(reader.read(file)).isNotNull();
        } catch (IOException refused) {
            assertThat(refused).hasMessageContaining("llama2.c ");
        }
    }
}
