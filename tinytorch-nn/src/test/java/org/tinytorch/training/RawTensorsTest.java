package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensors;

/** Files of several types, kept in memory as bytes. */
class RawTensorsTest {
    private static final RawTensor INTEGERS = new RawTensor(DataType.I8, Shape.of(3), new byte[] {-128, 0, 127});
    private static final RawTensor SCALE = RawTensor.of(Tensors.of(0.5, -2), DataType.F32);

    @TempDir
    Path directory;

    @Test
    void oneFileHoldsSeveralTypes() throws IOException {
        Path file = directory.resolve("mixed.safetensors");
        new RawTensors(Map.of("a", INTEGERS, "b", SCALE), Map.of("bits", "8")).write(file);

        RawTensors read = RawTensors.read(file);

        assertThat(read.metadata()).isEqualTo(Map.of("bits", "8"));
        assertThat(read.tensors()).containsOnlyKeys("a", "b");
        assertThat(read.tensors().get("a").type()).isEqualTo(DataType.I8);
        assertThat(read.tensors().get("a").bytes()).containsExactly(-128, 0, 127);
        assertThat(read.tensors().get("b").type()).isEqualTo(DataType.F32);
        assertThat(read.tensors().get("b").tensor().data()).containsExactly(0.5, -2);
        assertThat(SafeTensors.read(file).tensors().get("a").data())
                .as("read as doubles")
                .containsExactly(-128, 0, 127);
    }

    @Test
    void typesOfMoreBytesComeFirstSoThatEveryNumberIsAligned() throws IOException {
        Path file = directory.resolve("aligned.safetensors");
        new RawTensors(Map.of("a", INTEGERS, "c", SCALE, "b", SCALE), Map.of()).write(file);

        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(text.substring(Long.BYTES, Long.BYTES + text.charAt(0)).strip())
                .isEqualTo("{\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                        + "\"c\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]},"
                        + "\"a\":{\"dtype\":\"I8\",\"shape\":[3],\"data_offsets\":[16,19]}}");
    }

    @ParameterizedTest
    @EnumSource(DataType.class)
    void everyTypeIsKeptByteForByte(DataType type) throws IOException {
        byte[] bytes = new byte[2 * 3 * type.bytes()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (37 * i + 11);
        }
        Path file = directory.resolve("any.safetensors");
        new RawTensors(Map.of("x", new RawTensor(type, Shape.of(2, 3), bytes)), Map.of()).write(file);

        RawTensor read = RawTensors.read(file).tensors().get("x");

        assertThat(read.type()).isEqualTo(type);
        assertThat(read.shape()).isEqualTo(Shape.of(2, 3));
        assertThat(read.bytes()).isEqualTo(bytes);
    }

    @Test
    void whatSafeTensorsWritesIsReadAsBytes() throws IOException {
        Path file = directory.resolve("doubles.safetensors");
        new SafeTensors(Map.of("x", Tensors.of(1, 2))).write(file);
        assertThat(RawTensors.read(file).tensors().get("x").bytes())
                .isEqualTo(RawTensor.of(Tensors.of(1, 2), DataType.F64).bytes());
    }

    @Test
    void bytesThatDoNotFillTheShapeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RawTensor(DataType.F32, Shape.of(2), new byte[9]))
                .withMessage("raw tensor: F32 of shape (2,) takes 8 bytes, but there are 9");
    }

    @Test
    void typesThatAreNotWrittenFromDoublesAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RawTensor.of(Tensors.of(1), DataType.BF16))
                .withMessageContaining("BF16 can be read but not written");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RawTensor.of(Tensors.of(0.5), DataType.I8))
                .withMessageContaining("0.5 is not an integer");
    }

    @Test
    void whatOneArrayCannotHoldIsRefusedBeforeMemoryIsTaken() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RawTensor.length(DataType.F64, Shape.of(1 << 14, 1 << 14)))
                .withMessageContaining("2147483648 bytes, more than one array holds");
    }

    @Test
    void aFileThatIsCutShortIsNamed() throws IOException {
        Path file = directory.resolve("short.safetensors");
        new RawTensors(Map.of("a", INTEGERS), Map.of()).write(file);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> RawTensors.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(file.toString(), "\"a\"", "cut short");
    }

    @Test
    void theNameOfTheMetadataIsTaken() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RawTensors(Map.of("__metadata__", INTEGERS), Map.of()))
                .withMessageContaining("__metadata__");
    }

    @Test
    void itSaysWhatItIs() {
        assertThat(INTEGERS).hasToString("RawTensor(I8, (3,))");
    }
}
