package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.tinytorch.interop.NpyFiles.bytes;
import static org.tinytorch.interop.NpyFiles.dict;
import static org.tinytorch.interop.NpyFiles.doubles;
import static org.tinytorch.interop.NpyFiles.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/** Every kind of array that is read, from bytes set down by hand. */
class NpyReadTest {
    @TempDir
    Path directory;

    static Stream<Arguments> numbers() {
        return Stream.of(
                arguments("<f8", bytes(0, 0, 0, 0, 0, 0, 0xf8, 0x3f), 1.5),
                arguments(">f8", bytes(0x3f, 0xf8, 0, 0, 0, 0, 0, 0), 1.5),
                arguments("<f4", bytes(0, 0, 0xc0, 0x3f), 1.5),
                arguments(">f4", bytes(0x3f, 0xc0, 0, 0), 1.5),
                arguments("<f2", bytes(0, 0x3e), 1.5),
                arguments(">f2", bytes(0x3e, 0), 1.5),
                arguments("<f2", bytes(1, 0), 0x1p-24),
                arguments("<f4", bytes(0, 0, 0x80, 0xff), Double.NEGATIVE_INFINITY),
                arguments("<f8", bytes(0, 0, 0, 0, 0, 0, 0xf8, 0x7f), Double.NaN),
                arguments("<f8", bytes(0, 0, 0, 0, 0, 0, 0, 0x80), -0.0),
                arguments("<i8", bytes(0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff), -2.0),
                arguments(">i8", bytes(0, 0x20, 0, 0, 0, 0, 0, 0), 0x1p53),
                arguments("<i4", bytes(0, 0, 0, 0x80), -0x1p31),
                arguments(">i4", bytes(0xff, 0xff, 0xff, 0xfe), -2.0),
                arguments("<i2", bytes(0xfe, 0xff), -2.0),
                arguments(">i2", bytes(1, 2), 258.0),
                arguments("|i1", bytes(0x80), -128.0),
                arguments("<i1", bytes(0x7f), 127.0),
                arguments("<u8", bytes(0, 0, 0, 0, 0, 0, 0x20, 0), 0x1p53),
                arguments(">u8", bytes(0, 0, 0, 0, 0, 0, 1, 0), 256.0),
                arguments("<u4", bytes(0xff, 0xff, 0xff, 0xff), 0xffffffffL * 1.0),
                arguments(">u4", bytes(0xff, 0, 0, 0), 0xff000000L * 1.0),
                arguments("<u2", bytes(0xff, 0xff), 65535.0),
                arguments(">u2", bytes(0xff, 0), 65280.0),
                arguments("|u1", bytes(0xff), 255.0),
                arguments("|b1", bytes(1), 1.0),
                arguments("|b1", bytes(0), 0.0));
    }

    @ParameterizedTest(name = "[{index}] {0} {2}")
    @MethodSource("numbers")
    void aNumberOfEachTypeAndByteOrder(String descr, byte[] data, double expected) throws IOException {
        Tensor read = read(file(descr, "()", data));

        assertThat(read.shape()).isEqualTo(Shape.SCALAR);
        assertThat(Double.doubleToLongBits(read.item())).isEqualTo(Double.doubleToLongBits(expected));
    }

    @Test
    void cOrderIsReadAsItLies() throws IOException {
        Tensor read = read(file("<f8", "(2, 3)", doubles(0, 1, 2, 3, 4, 5)));

        assertThat(read.shape()).isEqualTo(Shape.of(2, 3));
        assertThat(read.data()).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void fortranOrderHasTheFirstAxisFastest() throws IOException {
        Tensor matrix = read(file(1, dict("|u1", true, "(2, 3)"), bytes(0, 1, 2, 3, 4, 5)));
        Tensor cube = read(file(1, dict("|u1", true, "(2, 2, 2)"), bytes(0, 1, 2, 3, 4, 5, 6, 7)));

        assertThat(matrix.data()).containsExactly(0, 2, 4, 1, 3, 5);
        assertThat(cube.data()).containsExactly(0, 4, 2, 6, 1, 5, 3, 7);
    }

    @Test
    void fortranOrderGoesOnFromOneBufferToTheNext() throws IOException {
        int rows = 300; // 300 · 400 bytes are two buffers
        int columns = 400;
        byte[] data = new byte[rows * columns];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (i % 101);
        }

        Tensor read = read(file(1, dict("|i1", true, "(300, 400)"), data));

        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                assertThat(read.get(row, column)).isEqualTo((row + column * rows) % 101);
            }
        }
    }

    @Test
    void manyNumbersGoThroughTheBuffer() throws IOException {
        double[] numbers = IntStream.range(0, 20_000).mapToDouble(i -> i / 7.0).toArray();

        assertThat(read(file("<f8", "(20000,)", doubles(numbers))).data()).isEqualTo(numbers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(0,)", "(0, 3)", "(3, 0, 2)", "(0, 2147483647, 2147483647)"})
    void anEmptyArrayHasItsShape(String shape) throws IOException {
        Tensor c = read(file("<f8", shape, new byte[0]));
        Tensor fortran = read(file(1, dict("<f8", true, shape), new byte[0]));

        assertThat(c.shape()).hasToString(shape);
        assertThat(fortran.shape()).hasToString(shape);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyVersionIsRead(int version) throws IOException {
        assertThat(read(file(version, dict("<f8", false, "(2,)"), doubles(3, 4)))
                        .data())
                .containsExactly(3, 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"shape\": (2,), \"descr\": \"<f8\", \"fortran_order\": False}",
                "{'descr':'<f8','fortran_order':False,'shape':(2,)}",
                "  { 'descr' : '<f8' ,\t'fortran_order' :False,\n 'shape': ( 2 , ) , }   ",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2L,), }"
            })
    void aDictMayBeWrittenInSeveralWays(String header) throws IOException {
        assertThat(read(file(1, header, doubles(3, 4))).data()).containsExactly(3, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(1, 2)", "(1, 2,)", "( 1,2 )"})
    void aTupleMayEndInAComma(String shape) throws IOException {
        assertThat(read(file("<f8", shape, doubles(3, 4))).shape()).isEqualTo(Shape.of(1, 2));
    }

    @Test
    void sixtyFourAxesAreRead() throws IOException {
        assertThat(read(file("|u1", "(" + "1, ".repeat(64) + ")", bytes(9))).rank())
                .isEqualTo(64);
    }

    private Tensor read(byte[] content) throws IOException {
        return Npy.read(Files.write(directory.resolve("x.npy"), content));
    }
}
