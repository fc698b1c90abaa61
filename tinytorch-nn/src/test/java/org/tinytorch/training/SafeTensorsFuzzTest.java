package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.tinytorch.setup.AllocationMeter;

/** Files that chance or malice has made give tensors or an exception that names the file, and never take memory that the file does not warrant. */
class SafeTensorsFuzzTest {
    /** For the exception, its message and buffers. */
    private static final long ALLOWANCE = 4 << 20;

    /** A number of one byte becomes a double, and a header of many small parts a tree of objects. */
    private static final int RATIO = 100;

    private static final String LETTERS = "0123456789-[]{},:\"FI6423x ";

    private static final byte[] VALID = SafeTensorsFiles.bytes(
            ("{\"__metadata__\":{\"format\":\"pt\"},"
                            + "\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
                            + "\"w\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[8,32]},"
                            + "\"h\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[32,40]},"
                            + "\"m\":{\"dtype\":\"BOOL\",\"shape\":[0,3],\"data_offsets\":[40,40]}}  ")
                    .getBytes(StandardCharsets.UTF_8),
            new byte[40]);

    private static final int HEADER = VALID.length - 40 - Long.BYTES;

    private Path file;

    @BeforeProperty
    void makeFile() throws IOException {
        file = Files.createTempFile("fuzz", ".safetensors");
        for (byte[] warmUp : new byte[][] {VALID, Arrays.copyOf(VALID, VALID.length - 1)}) { // loads the classes
            Files.write(file, warmUp);
            outcome(() -> SafeTensors.read(file).tensors().size());
            outcome(() -> RawTensors.read(file).tensors().size());
        }
    }

    @AfterProperty
    void deleteFile() throws IOException {
        Files.deleteIfExists(file);
    }

    @Property(tries = 3000)
    void changedFiles(
            @ForAll @IntRange(max = 4) int way, @ForAll @IntRange(min = 1, max = 6) int times, @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        byte[] bytes = VALID.clone();
        switch (way) {
            case 0 -> { // any byte anywhere
                for (int i = 0; i < times; i++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
            }
            case 1 -> { // a letter of the header, so that it may still be one
                for (int i = 0; i < times; i++) {
                    bytes[Long.BYTES + random.nextInt(HEADER)] =
                            (byte) LETTERS.charAt(random.nextInt(LETTERS.length()));
                }
            }
            case 2 -> // the length of the header, small and huge
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(random.nextLong() >> random.nextInt(64));
            case 3 -> bytes = Arrays.copyOf(bytes, random.nextInt(2 * bytes.length));
            default -> { // two parts change places
                int part = 1 + random.nextInt(30);
                int one = random.nextInt(bytes.length - part);
                int other = random.nextInt(bytes.length - part);
                System.arraycopy(VALID, one, bytes, other, part);
                System.arraycopy(VALID, other, bytes, one, part);
            }
        }
        assertReadOrRefused(bytes);
    }

    @Provide
    Arbitrary<String> parts() {
        return Arbitraries.of(
                "[",
                "{\"a\":",
                "\"a\":{},",
                "0,",
                "\"\\u0000\",",
                "\"x\":{\"dtype\":\"F32\",\"shape\":[",
                "1000000000,",
                "\"shape\":[0],",
                " ",
                "\\");
    }

    @Property(tries = 200)
    void headersThatRepeatThemselves(
            @ForAll("parts") String first, @ForAll("parts") String second, @ForAll @IntRange(max = 30_000) int times)
            throws IOException {
        byte[] header = ("{" + first + second.repeat(times)).getBytes(StandardCharsets.UTF_8);

        assertReadOrRefused(SafeTensorsFiles.bytes(header, new byte[0]));
    }

    /** Dimensions and offsets that agree with each other, and with nothing else. */
    @Property(tries = 1000)
    void headersThatClaimMuch(
            @ForAll DataType type,
            @ForAll @IntRange(max = Integer.MAX_VALUE - 1) int size,
            @ForAll boolean twice,
            @ForAll @IntRange(max = 100) int there)
            throws IOException {
        String entry = "{\"dtype\":\"" + type + "\",\"shape\":[" + size + ",1],\"data_offsets\":[0,"
                + (long) size * type.bytes() + "]}";
        String header = "{\"a\":" + entry + (twice ? ",\"b\":" + entry : "") + "}";

        assertReadOrRefused(SafeTensorsFiles.bytes(header.getBytes(StandardCharsets.UTF_8), new byte[there]));
    }

    /** Reads the file, and says how many numbers were in it. */
    @FunctionalInterface
    private interface Reading {
        long numbers() throws IOException;
    }

    private void assertReadOrRefused(byte[] content) throws IOException {
        Files.write(file, content);
        assertReadOrRefused(content.length, () -> SafeTensors.read(file).tensors().values().stream()
                .mapToLong(tensor -> tensor.data().length)
                .sum());
        assertReadOrRefused(content.length, () -> RawTensors.read(file).tensors().values().stream()
                .mapToLong(tensor -> tensor.bytes().length)
                .sum());
    }

    private void assertReadOrRefused(int bytes, Reading reading) {
        AtomicReference<Object> outcome = new AtomicReference<>();
        long allocated = AllocationMeter.ofCurrentThread().measure(() -> outcome.set(outcome(reading)));

        assertThat(allocated).as("bytes taken for a file of %d", bytes).isLessThan(ALLOWANCE + (long) RATIO * bytes);
        if (outcome.get() instanceof IOException refused) {
            assertThat(refused).hasMessageContaining(file.toString());
        } else {
            assertThat((Long) outcome.get())
                    .as("each number has a byte in the file")
                    .isLessThanOrEqualTo(bytes);
        }
    }

    /** What was read, or the documented exception; any other passes through and fails the property. */
    private static Object outcome(Reading reading) {
        try {
            return reading.numbers();
        } catch (IOException e) {
            return e;
        }
    }
}
