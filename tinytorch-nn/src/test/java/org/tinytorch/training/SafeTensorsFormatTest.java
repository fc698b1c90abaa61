package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** The bytes of the format, written down by hand from its description. */
class SafeTensorsFormatTest {
    @TempDir
    Path directory;

    @Test
    void writesLengthThenHeaderThenNumbers() throws IOException {
        Path file = directory.resolve("w.safetensors");

        new SafeTensors(Map.of("w", Tensors.of(1, -2)), Map.of("format", "pt")).write(file);

        byte[] bytes = Files.readAllBytes(file);
        // The JSON has 86 characters; 2 spaces round it up to 88 = 0x58.
        assertThat(hex(bytes, 0, 8)).as("header length, little-endian").isEqualTo("5800000000000000");
        assertThat(new String(bytes, 8, 88, StandardCharsets.UTF_8))
                .as("header, filled up with spaces to a multiple of 8")
                .isEqualTo(
                        "{\"__metadata__\":{\"format\":\"pt\"},\"w\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]}}  ");
        assertThat(hex(bytes, 96, 104)).as("1.0").isEqualTo("000000000000f03f");
        assertThat(hex(bytes, 104, 112)).as("-2.0").isEqualTo("00000000000000c0");
        assertThat(bytes).hasSize(112);
    }

    @Test
    void sortsByNameSoThatTheSameTensorsGiveTheSameBytes() throws IOException {
        Path file = directory.resolve("sorted.safetensors");

        new SafeTensors(Map.of(
                        "b", Tensors.scalar(2), "a", Tensors.of(new double[] {1, 3}, 2, 1), "c", Tensors.zeros(0, 3)))
                .write(file);

        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(text.substring(8, 8 + text.charAt(0)).strip())
                .isEqualTo("{\"a\":{\"dtype\":\"F64\",\"shape\":[2,1],\"data_offsets\":[0,16]},"
                        + "\"b\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[16,24]},"
                        + "\"c\":{\"dtype\":\"F64\",\"shape\":[0,3],\"data_offsets\":[24,24]}}");
    }

    @Test
    void writesSinglePrecisionOnRequest() throws IOException {
        Path file = directory.resolve("single.safetensors");

        new SafeTensors(Map.of("w", Tensors.of(0.1, 1e300))).write(file, DataType.F32);

        byte[] bytes = Files.readAllBytes(file);
        assertThat(hex(bytes, bytes.length - 8, bytes.length))
                .as("0.1f and infinity")
                .isEqualTo("cdcccc3d" + "0000807f");
        assertThat(SafeTensors.read(file).tensors().get("w").data()).containsExactly(0.1f, Double.POSITIVE_INFINITY);
    }

    @Test
    void writesNoOtherType() {
        SafeTensors tensors = new SafeTensors(Map.of("w", Tensors.of(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tensors.write(directory.resolve("half"), DataType.F16))
                .withMessageContaining("F16 can be read but not written; use F64, F32");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void writesSmallIntegersAsBytes() throws IOException {
        Path file = directory.resolve("small.safetensors");

        new SafeTensors(Map.of("w", Tensors.of(-128, 0, 127))).write(file, DataType.I8);

        byte[] bytes = Files.readAllBytes(file);
        assertThat(hex(bytes, bytes.length - 3, bytes.length)).isEqualTo("80007f");
        assertThat(SafeTensors.read(file).tensors().get("w").data()).containsExactly(-128, 0, 127);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 128, -129, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatIsNoSmallInteger(double number) {
        SafeTensors tensors = new SafeTensors(Map.of("w", Tensors.of(1, number)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tensors.write(directory.resolve("small"), DataType.I8))
                .withMessageContainingAll("tensor \"w\"", number + " is not an integer in -128 … 127");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void theNameOfTheMetadataIsTaken() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SafeTensors(Map.of("__metadata__", Tensors.of(1))))
                .withMessageContaining("__metadata__");
    }

    @ParameterizedTest
    @CsvSource({
        "F64, 000000000000f87f, NaN",
        "F64, 182d4454fb210940, 3.141592653589793",
        "F32, 0000c0bf, -1.5",
        "F16, 003c, 1",
        "F16, 00c0, -2",
        "F16, 0100, 5.960464477539063e-8",
        "F16, ff7b, 65504",
        "F16, 007c, Infinity",
        "F16, 00fc, -Infinity",
        "F16, 017e, NaN",
        "F16, 0080, -0.0",
        "BF16, 803f, 1",
        "BF16, 49c0, -3.140625",
        "I64, feffffffffffffff, -2",
        "I64, 0000000000002000, 9007199254740992",
        "I32, 00000080, -2147483648",
        "I16, ffff, -1",
        "I8, 80, -128",
        "U64, 0500000000000000, 5",
        "U32, ffffffff, 4294967295",
        "U16, ffff, 65535",
        "U8, ff, 255",
        "BOOL, 01, 1",
        "BOOL, 00, 0"
    })
    void readsEveryTypeAsDouble(DataType type, String hex, double expected) throws IOException {
        byte[] data = HexFormat.of().parseHex(hex);
        Path file = write(
                "{\"x\":{\"dtype\":\"" + type + "\",\"shape\":[1],\"data_offsets\":[0," + data.length + "]}}", data);

        Tensor x = SafeTensors.read(file).tensors().get("x");

        assertThat(x.shape()).isEqualTo(Shape.of(1));
        assertThat(Double.valueOf(x.item())).as("NaN is NaN, and -0 is not 0").isEqualTo(Double.valueOf(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "I64, 0100000000002000, 9007199254740993",
        "U64, ffffffffffffffff, 18446744073709551615",
        "I64, 0000000000000080, -9223372036854775808"
    })
    void refusesIntegersThatADoubleCannotHold(DataType type, String hex, String number) throws IOException {
        Path file = write(
                "{\"x\":{\"dtype\":\"" + type + "\",\"shape\":[1],\"data_offsets\":[0,8]}}",
                HexFormat.of().parseHex(hex));

        assertThatThrownBy(() -> SafeTensors.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(file.toString(), "tensor \"x\"", number, "2^53");
    }

    @Test
    void tensorsMayBeListedInAnyOrder() throws IOException {
        byte[] data = ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(1)
                .putFloat(2)
                .putFloat(3)
                .array();
        Path file = write(
                "{\"late\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]},"
                        + " \"empty\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[4,4]},"
                        + " \"early\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}  ",
                data);

        Map<String, Tensor> tensors = SafeTensors.read(file).tensors();

        assertThat(tensors).containsOnlyKeys("late", "empty", "early");
        assertThat(tensors.keySet()).as("order of the header").containsExactly("late", "empty", "early");
        assertThat(tensors.get("early").item()).isEqualTo(1);
        assertThat(tensors.get("late").data()).containsExactly(2, 3);
        assertThat(tensors.get("empty").shape()).isEqualTo(Shape.of(0));
    }

    @Test
    void noTensorsAtAllIsAFileToo() throws IOException {
        SafeTensors nothing = SafeTensors.read(write("{}", new byte[0]));

        assertThat(nothing.tensors()).isEmpty();
        assertThat(nothing.metadata()).isEmpty();
    }

    private Path write(String header, byte[] data) throws IOException {
        return SafeTensorsFiles.write(directory.resolve("made.safetensors"), header, data);
    }

    private static String hex(byte[] bytes, int from, int to) {
        return HexFormat.of().formatHex(bytes, from, to);
    }
}
