package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Archives as NumPy writes them are read, and what is written is read back. */
class NpzTest {
    /**
     * Made with NumPy 2.4.6: {@code numpy.savez("x.npz", w=numpy.asfortranarray(numpy.array([[1, 2], [3, 4]], dtype="f4")), b=numpy.array([True, False]))}.
     */
    private static final String SAVEZ =
            "UEsDBC0AAAAAAAAAIQCJUvYV//////////8FABQAdy5ucHkBABAAkAAAAAAAAACQAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJzxmNCcsICdmb3J0cmFuX29yZGVyJzogVHJ1ZSwgJ3NoYXBlJzogKDIsIDIpLCB9ICAg"
                    + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAACAPwAAQEAAAABAAACAQFBLAwQtAAAAAAAAACEA7hm7Xf//////////BQAUAGIubnB5AQAQAIIAAAAAAAAAggAAAAAA"
                    + "AACTTlVNUFkBAHYAeydkZXNjcic6ICd8YjEnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
                    + "ICAgCgEAUEsBAi0DLQAAAAAAAAAhAIlS9hWQAAAAkAAAAAUAAAAAAAAAAAAAAIABAAAAAHcubnB5UEsBAi0DLQAAAAAAAAAhAO4Zu12CAAAAggAAAAUAAAAAAAAAAAAAAIABxwAAAGIubnB5UEsFBgAAAAACAAIAZgAA"
                    + "AIABAAAAAA==";

    /** Made with NumPy 2.4.6: {@code numpy.savez_compressed("x.npz", w=numpy.array([[1., 2.], [3., 4.]]), **{"ö": numpy.array([7], ">i2")})}. */
    private static final String SAVEZ_COMPRESSED =
            "UEsDBC0AAAAIAAAAIQAhNYtp//////////8FABQAdy5ucHkBABAAoAAAAAAAAABVAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CkaaOgq1CmQD"
                    + "LgYw+GAPoRkcIBQHlBZwAABQSwMELQAACAgAAAAhABgox8H//////////wYAFADDti5ucHkBABAAggAAAAAAAABGAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6XaaSuo6Cell9UUpSYF59flJIKEndLzClOBYoX"
                    + "ZyQWpAL5GoY6mjoKtQoUAC4GdgBQSwECLQMtAAAACAAAACEAITWLaVUAAACgAAAABQAAAAAAAAAAAAAAgAEAAAAAdy5ucHlQSwECLQMtAAAICAAAACEAGCjHwUYAAACCAAAABgAAAAAAAAAAAAAAgAGMAAAAw7YubnB5"
                    + "UEsFBgAAAAACAAIAZwAAAAoBAAAAAA==";

    @TempDir
    Path directory;

    @Test
    void whatSavezWritesIsRead() throws IOException {
        Map<String, Tensor> read = Npz.read(decoded(SAVEZ));

        assertThat(read.keySet()).containsExactly("w", "b");
        assertThat(read.get("w").shape()).isEqualTo(Shape.of(2, 2));
        assertThat(read.get("w").data()).containsExactly(1, 2, 3, 4);
        assertThat(read.get("b").data()).containsExactly(1, 0);
    }

    @Test
    void whatSavezCompressedWritesIsRead() throws IOException {
        Map<String, Tensor> read = Npz.read(decoded(SAVEZ_COMPRESSED));

        assertThat(read.keySet()).containsExactly("w", "ö");
        assertThat(read.get("w").data()).containsExactly(1, 2, 3, 4);
        assertThat(read.get("ö").data()).containsExactly(7);
    }

    private Path decoded(String base64) throws IOException {
        return Files.write(directory.resolve("x.npz"), Base64.getDecoder().decode(base64));
    }

    @Test
    void namesKeepTheirOrderAndLoseOneSuffix() throws IOException {
        Path file = new ZipBytes()
                .stored("z", NpyFiles.file("|u1", "()", new byte[] {1}))
                .deflated("a/b.npy", NpyFiles.file("|u1", "()", new byte[] {2}))
                .stored("c.npy.npy", NpyFiles.file("|u1", "()", new byte[] {3}))
                .stored(".npy", NpyFiles.file("|u1", "()", new byte[] {4}))
                .write(directory.resolve("x.npz"));

        assertThat(Npz.read(file).entrySet().stream()
                        .map(tensor -> entry(tensor.getKey(), tensor.getValue().item())))
                .containsExactly(entry("z", 1.0), entry("a/b", 2.0), entry("c.npy", 3.0), entry("", 4.0));
    }

    @Test
    void whatIsWrittenIsReadBackInItsOrder() throws IOException {
        Generator generator = new Generator(1);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("z", Tensors.randn(generator, 100, 200));
        tensors.put("a.npy", Tensors.scalar(Double.NaN));
        tensors.put("层/ö", Tensors.zeros(0, 3));
        tensors.put("", Tensors.of(-0.0));
        tensors.put("n".repeat(65_000), Tensors.zeros(1000));
        Path stored = directory.resolve("stored.npz");
        Path compressed = directory.resolve("compressed.npz");

        Npz.write(tensors, stored);
        Npz.writeCompressed(tensors, compressed);

        assertSame(tensors, Npz.read(stored));
        assertSame(tensors, Npz.read(compressed));
        assertSame(tensors, Npz.read(stored, 0)); // no limit holds for what is not compressed
        assertThat(Files.size(compressed)).isLessThan(Files.size(stored));
    }

    private static void assertSame(Map<String, Tensor> expected, Map<String, Tensor> read) {
        assertThat(read.keySet()).containsExactlyElementsOf(expected.keySet());
        expected.forEach((name, tensor) -> {
            assertThat(read.get(name).shape()).isEqualTo(tensor.shape());
            assertThat(read.get(name).data()).isEqualTo(tensor.data());
        });
    }

    @Test
    void entriesAreStoredOrDeflatedAsNumpyDoes() throws IOException {
        Path file = directory.resolve("x.npz");

        Npz.write(Map.of("w", Tensors.zeros(9)), file);
        assertThat(methods(file)).containsExactly(ZipEntry.STORED);

        Npz.writeCompressed(Map.of("w", Tensors.zeros(9)), file);
        assertThat(methods(file)).containsExactly(ZipEntry.DEFLATED);
    }

    private static int[] methods(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.stream().mapToInt(ZipEntry::getMethod).toArray();
        }
    }

    @Test
    void theSameTensorsGiveTheSameBytesAndNoTime() throws IOException {
        Path file = directory.resolve("x.npz");

        Npz.write(Map.of("w", Tensors.of(1, 2)), file);

        byte[] bytes = Files.readAllBytes(file);
        // From byte 10 on the time 0 and the date 0x41, the first of February 1980; from byte 28 on the length of extra
        // fields, of which there are none.
        assertThat(Arrays.copyOfRange(bytes, 10, 14)).containsExactly(0, 0, 0x41, 0);
        assertThat(Arrays.copyOfRange(bytes, 28, 30)).containsExactly(0, 0);
        Npz.write(Map.of("w", Tensors.of(1, 2)), file);
        assertThat(file).hasBinaryContent(bytes);
    }

    @Test
    void anArchiveOfNothingIsReadBack() throws IOException {
        Path file = directory.resolve("x.npz");

        Npz.write(Map.of(), file);

        assertThat(Npz.read(file)).isEmpty();
    }

    @Test
    void namesThatNoZipHoldsAreRefusedAndTheOldFileStays() throws IOException {
        Path file = Files.writeString(directory.resolve("x.npz"), "old");

        assertRefused("n".repeat(65_001), file, "has 65001 bytes, more than 65000; give the tensor a shorter one");
        assertRefused("\ud800", file, "half of a surrogate pair; give the tensor another name");
        assertRefused("a\0b", file, "the character 0");

        assertThat(file).hasContent("old");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    private static void assertRefused(String name, Path file, String reason) {
        assertThatThrownBy(() -> Npz.write(Map.of(name, Tensors.scalar(1)), file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("npz: the name ", reason);
    }

    @Test
    void whatIsReadCannotBeChanged() throws IOException {
        Map<String, Tensor> read = Npz.read(decoded(SAVEZ));

        assertThatThrownBy(() -> read.put("x", Tensors.scalar(1))).isInstanceOf(UnsupportedOperationException.class);
    }
}
