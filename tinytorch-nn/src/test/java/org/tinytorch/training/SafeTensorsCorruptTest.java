package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.tensor.Tensors;

/** Files that are wrong in every way we could think of: each is refused, by name and with the reason. */
class SafeTensorsCorruptTest {
    @TempDir
    Path directory;

    static Stream<Arguments> headers() {
        String huge = "9223372036854775807";
        return Stream.of(
                arguments("not JSON", "{\"x\":", 0, "not valid JSON"),
                arguments("not an object", "[1, 2]", 0, "does not begin with '{'"),
                arguments("blank before the brace", " {}", 0, "does not begin with '{'"),
                arguments("text after the object", "{} x", 0, "not valid JSON"),
                arguments("empty", "", 0, "does not begin with '{'"),
                arguments("nested too deeply", "{\"x\":" + "[".repeat(5000), 0, "not valid JSON"),
                arguments(
                        "duplicate name",
                        "{" + f32("x", "[1]", "[0,4]") + "," + f32("x", "[1]", "[4,8]") + "}",
                        8,
                        "Duplicate field 'x'"),
                arguments(
                        "duplicate field",
                        "{\"x\":{\"dtype\":\"F32\",\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                        4,
                        "Duplicate"),
                arguments(
                        "duplicate metadata", "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", 0, "Duplicate field 'a'"),
                arguments("metadata not an object", "{\"__metadata__\":\"x\"}", 0, "__metadata__ is STRING"),
                arguments("metadata is null", "{\"__metadata__\":null}", 0, "__metadata__ is NULL"),
                arguments(
                        "metadata not text",
                        "{\"__metadata__\":{\"epoch\":3}}",
                        0,
                        "\"epoch\" is NUMBER, not a string"),
                arguments("tensor not an object", "{\"x\":7}", 0, "tensor \"x\": dtype is missing"),
                arguments(
                        "no dtype",
                        "{\"x\":{\"shape\":[1],\"data_offsets\":[0,4]}}",
                        4,
                        "tensor \"x\": dtype is missing"),
                arguments(
                        "unknown dtype",
                        "{\"x\":{\"dtype\":\"F8_E4M3\",\"shape\":[1],\"data_offsets\":[0,1]}}",
                        1,
                        "dtype \"F8_E4M3\" is unknown"),
                arguments(
                        "dtype not text",
                        "{\"x\":{\"dtype\":64,\"shape\":[1],\"data_offsets\":[0,4]}}",
                        4,
                        "dtype 64 is unknown"),
                arguments("no shape", "{\"x\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", 4, "shape is missing"),
                arguments("shape not an array", "{" + f32("x", "1", "[0,4]") + "}", 4, "shape is not an array"),
                arguments("dimension not an integer", "{" + f32("x", "[1.0]", "[0,4]") + "}", 4, "shape holds 1.0"),
                arguments(
                        "dimension beyond 64 bits",
                        "{" + f32("x", "[" + huge + "0]", "[0,4]") + "}",
                        4,
                        "not an integer of 64 bits"),
                arguments("negative dimension", "{" + f32("x", "[-1]", "[0,4]") + "}", 4, "dimension -1"),
                arguments("two negative dimensions", "{" + f32("x", "[-1,-1]", "[0,4]") + "}", 4, "dimension -1"),
                arguments("huge dimension", "{" + f32("x", "[" + huge + "]", "[0,4]") + "}", 4, "dimension " + huge),
                arguments(
                        "product overflows to 0",
                        "{" + f32("x", "[65536,65536,65536,65536]", "[0,0]") + "}",
                        0,
                        "more than 2^31 - 1 elements"),
                arguments(
                        "product overflows to 1",
                        "{" + f32("x", "[2147483647,2147483647,4]", "[0,16]") + "}",
                        16,
                        "more than 2^31 - 1 elements"),
                arguments("no offsets", "{\"x\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, "data_offsets is missing"),
                arguments("one offset", "{" + f32("x", "[1]", "[4]") + "}", 4, "data_offsets [4] are not"),
                arguments("three offsets", "{" + f32("x", "[1]", "[0,4,8]") + "}", 8, "data_offsets [0, 4, 8] are not"),
                arguments("negative offset", "{" + f32("x", "[1]", "[-4,0]") + "}", 4, "data_offsets [-4, 0] are not"),
                arguments("backwards", "{" + f32("x", "[1]", "[4,0]") + "}", 4, "data_offsets [4, 0] are not"),
                arguments("offset is text", "{" + f32("x", "[1]", "[0,\"4\"]") + "}", 4, "data_offsets holds \"4\""),
                arguments(
                        "range wraps around",
                        "{" + f32("x", "[1]", "[" + Long.MIN_VALUE + "," + huge + "]") + "}",
                        4,
                        "are not"),
                arguments("too few bytes", "{" + f32("x", "[3]", "[0,8]") + "}", 8, "F32 of shape (3,) takes 12 bytes"),
                arguments("too many bytes", "{" + f32("x", "[1]", "[0,8]") + "}", 8, "F32 of shape (1,) takes 4 bytes"),
                arguments(
                        "beyond the end",
                        "{" + f32("x", "[500000000]", "[0,2000000000]") + "}",
                        8,
                        "reach beyond the 8 bytes of data"),
                arguments(
                        "overlap",
                        "{" + f32("x", "[2]", "[0,8]") + "," + f32("y", "[2]", "[4,12]") + "}",
                        12,
                        "overlap with tensor \"x\""),
                arguments(
                        "same place",
                        "{" + f32("x", "[1]", "[0,4]") + "," + f32("y", "[1]", "[0,4]") + "}",
                        4,
                        "overlap with tensor \"x\""),
                arguments(
                        "hole at the start", "{" + f32("x", "[1]", "[4,8]") + "}", 8, "leave a hole after the header"),
                arguments(
                        "hole between",
                        "{" + f32("x", "[1]", "[0,4]") + "," + f32("y", "[1]", "[8,12]") + "}",
                        12,
                        "leave a hole after tensor \"x\""),
                arguments(
                        "more data than described",
                        "{" + f32("x", "[1]", "[0,4]") + "}",
                        5,
                        "end at byte 4 of the data, but there are 5"),
                arguments("data without tensors", "{}", 1, "end at byte 0 of the data, but there are 1"));
    }

    private static String f32(String name, String shape, String offsets) {
        return "\"" + name + "\":{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void isRefusedWithTheReason(String what, String header, int dataBytes, String reason) throws IOException {
        Path file = SafeTensorsFiles.write(directory.resolve("bad.safetensors"), header, new byte[dataBytes]);

        assertThatThrownBy(() -> SafeTensors.read(file))
                .as(what)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("safetensors: " + file + ": ")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 100_000_001, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void headerLongerThanTheFileIsRefusedBeforeMemoryIsTaken(long length) throws IOException {
        byte[] bytes = ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put((byte) '{')
                .put((byte) '}')
                .array();
        Path file = Files.write(directory.resolve("long.safetensors"), bytes);

        assertThatThrownBy(() -> SafeTensors.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(
                        file.toString(), "claims " + Long.toUnsignedString(length) + " bytes", "the file has 10");
    }

    @Test
    void headerThatIsNotUtf8IsRefused() throws IOException {
        byte[] header = "{\"?\":1}".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        header[2] = (byte) 0xff;
        Path file = Files.write(directory.resolve("bad.safetensors"), SafeTensorsFiles.bytes(header, new byte[0]));

        assertThatThrownBy(() -> SafeTensors.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void everyShorterFileIsRefused() throws IOException {
        Path file = directory.resolve("whole.safetensors");
        new SafeTensors(Map.of("a", Tensors.of(1, 2, 3), "b", Tensors.eye(2)), Map.of("k", "v")).write(file);
        byte[] whole = Files.readAllBytes(file);

        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SafeTensors.read(file))
                    .as("first %d of %d bytes", length, whole.length)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void everyLongerFileIsRefused() throws IOException {
        Path file = directory.resolve("whole.safetensors");
        new SafeTensors(Map.of("a", Tensors.of(1, 2, 3))).write(file);
        byte[] whole = Files.readAllBytes(file);

        for (int more = 1; more < 20; more++) {
            Files.write(file, Arrays.copyOf(whole, whole.length + more));
            assertThatThrownBy(() -> SafeTensors.read(file))
                    .as("%d bytes more", more)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void anyOtherByteInTheHeaderGivesAnIoExceptionOrAWholeFile() throws IOException {
        Path file = directory.resolve("flipped.safetensors");
        new SafeTensors(Map.of("a", Tensors.of(1, 2, 3), "b", Tensors.eye(2)), Map.of("k", "v")).write(file);
        byte[] whole = Files.readAllBytes(file);
        int header = 8 + whole[0] + 256 * whole[1];

        for (int position = 0; position < header; position++) {
            for (int flip = 1; flip < 256; flip <<= 1) {
                byte[] bytes = whole.clone();
                bytes[position] ^= (byte) flip;
                Files.write(file, bytes);
                assertReadsWholeOrFailsClearly(file);
            }
        }
    }

    private static void assertReadsWholeOrFailsClearly(Path file) {
        try {
            int numbers = SafeTensors.read(file).tensors().values().stream()
                    .mapToInt(tensor -> tensor.size())
                    .sum();
            assertThat(numbers).as("the numbers in the file").isEqualTo(7); // a letter of a name changed, say
        } catch (IOException e) {
            assertThat(e).hasMessageContaining(file.toString());
        }
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = directory.resolve("missing.safetensors");

        assertThatThrownBy(() -> SafeTensors.read(file))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContainingAll(file.toString(), "check the path");
        assertThatThrownBy(() -> SafeTensors.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.toString());
    }
}
