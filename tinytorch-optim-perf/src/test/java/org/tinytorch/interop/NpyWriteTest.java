package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tinytorch.interop.NpyFiles.bytes;
import static org.tinytorch.interop.NpyFiles.concat;
import static org.tinytorch.interop.NpyFiles.doubles;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.DataType;

/** What is written, byte for byte, and read back. */
class NpyWriteTest {
    private static final byte[] START = bytes(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0);

    @TempDir
    Path directory;

    @Test
    void theBytesAreThoseOfTheFormat() throws IOException {
        Path file = directory.resolve("x.npy");

        Npy.write(Tensors.of(new double[] {0, 1, 2, 3, 4, 5}, 2, 3), file);

        String dict = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }";
        byte[] header = (dict + " ".repeat(117 - dict.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        assertThat(file).hasBinaryContent(concat(START, header, doubles(0, 1, 2, 3, 4, 5)));
    }

    @Test
    void singlePrecisionIsHalfTheSizeAndRounded() throws IOException {
        Path file = directory.resolve("x.npy");

        Npy.write(Tensors.of(0.1, 1e300, -0.0), file, DataType.F32);

        assertThat(Files.size(file)).isEqualTo(128 + 3 * 4);
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).contains("'descr': '<f4'");
        assertThat(Npy.read(file).data()).containsExactly(0.1f, Double.POSITIVE_INFINITY, -0.0);
    }

    @Test
    void everyShapeIsReadBackToTheBitAndItsNumbersAreAligned() throws IOException {
        Path file = directory.resolve("x.npy");
        Generator generator = new Generator(1);
        int[] tenAxes = {1, 1, 1, 1, 1, 1, 1, 1, 1, 2};
        int[] mostAxes = new int[64];
        Arrays.fill(mostAxes, 1);
        for (int[] dims : new int[][] {{}, {0}, {1}, {2, 0, 3}, {5, 7}, {123, 456}, {1000, 3, 2}, tenAxes, mostAxes}) {
            Tensor x = Tensors.randn(generator, dims);
            for (DataType type : new DataType[] {DataType.F64, DataType.F32}) {
                Npy.write(x, file, type);

                Tensor read = Npy.read(file);
                assertThat(read.shape()).isEqualTo(x.shape());
                long header = Files.size(file) - (long) type.bytes() * x.size();
                assertThat(header % 64).isZero();
                if (type == DataType.F64) {
                    assertThat(read.data()).isEqualTo(x.data());
                } else {
                    assertThat(read.allClose(x, 1e-6, 0)).isTrue();
                }
            }
        }
    }

    @Test
    void numbersThatAreNoneAreReadBack() throws IOException {
        Path file = directory.resolve("x.npy");
        double[] odd = {Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE, Double.MAX_VALUE};

        Npy.write(Tensors.of(odd.clone()), file);

        assertThat(Npy.read(file).data()).isEqualTo(odd);
    }

    @Test
    void otherTypesAndTooManyAxesAreRefusedAndTheOldFileStays() throws IOException {
        Path file = Files.writeString(directory.resolve("x.npy"), "old");

        assertThatThrownBy(() -> Npy.write(Tensors.scalar(1), file, DataType.I8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("I8 can be read but not written; use F64 or F32");
        int[] dims = new int[65];
        Arrays.fill(dims, 1);
        assertThatThrownBy(() -> Npy.write(Tensors.zeros(Shape.of(dims)), file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65 axes has more than the 64 of NumPy; reshape it first");

        assertThat(file).hasContent("old");
        assertOnlyFile(file);
    }

    @Test
    void theOldFileIsReplacedAndNothingElseIsLeft() throws IOException {
        Path file = Files.writeString(directory.resolve("x.npy"), "old");

        Npy.write(Tensors.scalar(7), file);

        assertThat(Npy.read(file).item()).isEqualTo(7);
        assertOnlyFile(file);
    }

    @Test
    void aMissingDirectoryIsNamed() {
        assertThatThrownBy(() -> Npy.write(Tensors.scalar(7), directory.resolve("no/x.npy")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not exist; create it first");
    }

    private void assertOnlyFile(Path file) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }
}
