package org.tinytorch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tensor.Shape;

class IdxReaderTest {
    private static final byte[] GOOD = IdxBytes.images(2, 1, 3, 0, 1, 127, 128, 254, 255);

    @TempDir
    private Path folder;

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private void refuses(byte[] content, String... messages) throws IOException {
        Path file = write("broken-idx", content);
        assertThatThrownBy(() -> IdxReader.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("idx: " + file + ": ")
                .hasMessageContainingAll(messages);
    }

    @Test
    void readsShapeAndUnsignedBytes() throws IOException {
        IdxArray array = IdxReader.read(write("images", GOOD));
        assertThat(array.shape()).isEqualTo(Shape.of(2, 1, 3));
        assertThat(array.values()).containsExactly(0, 1, 127, 128, 254, 255);
    }

    @Test
    void theContentDecidesWhetherItIsGzipAndNotTheName() throws IOException {
        assertThat(IdxReader.read(write("images", IdxBytes.gzip(GOOD))).values())
                .containsExactly(0, 1, 127, 128, 254, 255);
        assertThat(IdxReader.read(write("images.gz", GOOD)).values()).containsExactly(0, 1, 127, 128, 254, 255);
    }

    @Test
    void anAxisMayBeEmpty() throws IOException {
        assertThat(IdxReader.read(write("none", IdxBytes.images(0, 28, 28))).shape())
                .isEqualTo(Shape.of(0, 28, 28));
    }

    @Test
    void whatIsHandedOutIsACopy() throws IOException {
        IdxArray array = IdxReader.read(write("images", GOOD));
        array.values()[0] = 99;
        assertThat(array.values()[0]).isZero();
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = folder.resolve("nowhere");
        assertThatThrownBy(() -> IdxReader.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage("idx: " + file + ": there is no such file");
    }

    @Test
    void aWrongMagicNumberIsShown() throws IOException {
        refuses("PK\3\4 and more".getBytes(java.nio.charset.StandardCharsets.US_ASCII), "not an IDX file", "504b0304");
        refuses(IdxBytes.file(0x800, new int[0]), "not an IDX file", "00000800");
        refuses(IdxBytes.file(0x0d01, new int[] {1}, new byte[4]), "expected values of type 08", "found type 0d");
    }

    @Test
    void aTruncatedFileSaysWhatIsExpectedAndFound() throws IOException {
        refuses(Arrays.copyOf(GOOD, GOOD.length - 1), "truncated: shape (2, 1, 3) takes 22 bytes, found 21");
        refuses(Arrays.copyOf(GOOD, 9), "truncated: its 9 bytes end");
        refuses(new byte[0], "truncated: its 0 bytes end");
    }

    @Test
    void aFileThatIsTooLongSaysWhatIsExpectedAndFound() throws IOException {
        refuses(Arrays.copyOf(GOOD, GOOD.length + 1), "too long: shape (2, 1, 3) takes 22 bytes, found 23");
        refuses(
                IdxBytes.gzip(Arrays.copyOf(GOOD, GOOD.length + 1)),
                "too long: shape (2, 1, 3) takes 22 bytes, but more follow");
    }

    @Test
    void lengthsBeyondTheFileTakeNoMemory() throws IOException {
        refuses(IdxBytes.images(40_000, 200, 200, 1, 2, 3), "truncated", "takes 1600000016 bytes, found 19");
        refuses(
                IdxBytes.gzip(IdxBytes.images(40_000, 200, 200, 1, 2, 3)),
                "corrupt",
                "1600000016 bytes, which do not fit into");
        refuses(
                IdxBytes.images(1 << 30, 1 << 30, 1 << 30),
                "corrupt: axes 0 to 1 alone take 1152921504606846976 values");
        refuses(IdxBytes.images(-1, 28, 28), "corrupt: axis 0 has a size of 4294967295");
    }

    @Test
    void gzipThatEndsEarlyIsTruncated() throws IOException {
        byte[] gzip = IdxBytes.gzip(GOOD);
        refuses(Arrays.copyOf(gzip, gzip.length - 4), "truncated");
        refuses(Arrays.copyOf(gzip, 12), "truncated");
        refuses(
                IdxBytes.gzip(Arrays.copyOf(GOOD, GOOD.length - 1)),
                "truncated: shape (2, 1, 3) takes 6 values, found 5");
    }

    @Test
    void gzipWithAWrongChecksumIsCorrupt() throws IOException {
        byte[] gzip = IdxBytes.gzip(GOOD);
        gzip[gzip.length - 8] ^= 1;
        refuses(gzip, "corrupt: not valid gzip");
        assertThatThrownBy(() -> IdxReader.read(folder.resolve("broken-idx"))).hasCauseInstanceOf(ZipException.class);
    }

    @Test
    void anotherNumberOfAxesIsExplained() throws IOException {
        IdxArray labels = IdxReader.read(write("labels", IdxBytes.labels(1, 2)));
        assertThat(labels.withRank(1, "labels (count,)")).isSameAs(labels);
        assertThatThrownBy(() -> labels.withRank(3, "images (count, rows, columns)"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("labels: expected images (count, rows, columns), found shape (2,)");
    }

    @Property(tries = 300)
    void oneChangedByteIsReadOrRefusedButNeverBreaksTheReader(
            @ForAll @IntRange(max = 21) int position, @ForAll byte value, @ForAll boolean gzip) {
        byte[] content = gzip ? IdxBytes.gzip(GOOD) : GOOD.clone();
        content[position] = value;
        try {
            IdxArray array = IdxReader.read(new ByteArrayInputStream(content), "changed", content.length);
            assertThat(array.values()).hasSize(array.shape().size());
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith("idx: changed: ");
        }
    }

    @Property(tries = 200)
    void anyVectorOfBytesIsReadBack(@ForAll @Size(max = 300) byte[] values, @ForAll boolean gzip) throws IOException {
        byte[] plain = IdxBytes.file(0x801, new int[] {values.length}, values);
        byte[] content = gzip ? IdxBytes.gzip(plain) : plain;
        assertThat(IdxReader.read(new ByteArrayInputStream(content), "vector", content.length)
                        .values())
                .isEqualTo(values);
    }
}
