package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tinytorch.interop.NpyFiles.doubles;
import static org.tinytorch.interop.NpyFiles.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.setup.AllocationMeter;
import org.tinytorch.tensor.Tensors;

/** Archives that are wrong, or that want to unfold without end: each is refused, with the file, the entry and the reason. */
class NpzCorruptTest {
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final byte[] ONE = file("<f8", "(2,)", doubles(3, 4));

    @TempDir
    Path directory;

    @Test
    void twoEntriesOfOneNameAreRefused() throws IOException {
        assertRefused(new ZipBytes().stored("w.npy", ONE).deflated("w.npy", ONE), "two entries", "called 'w'");
        assertRefused(new ZipBytes().stored("w", ONE).stored("w.npy", ONE), "two entries", "called 'w'");
    }

    @Test
    void anEntryThatIsNoArrayIsRefusedByName() throws IOException {
        assertRefused(new ZipBytes().stored("w.npy", ONE).stored("read.me", new byte[9]), "entry 'read.me': ", "NUMPY");
        assertRefused(new ZipBytes().stored("folder/", new byte[0]), "entry 'folder/': ", "no array of NumPy's");
    }

    @Test
    void anEntryOfObjectsIsRefusedWithWhatToDoInPython() throws IOException {
        assertRefused(
                new ZipBytes().deflated("w.npy", file("|O", "(2,)", new byte[16])),
                "entry 'w.npy': dtype '|O' stands for Python objects",
                "array.astype('float64')");
    }

    @Test
    void anEntryWithMoreOrLessThanItsHeaderSaysIsRefused() throws IOException {
        assertRefused(
                new ZipBytes().deflated("w.npy", file("<f8", "(3,)", doubles(3, 4))),
                "entry 'w.npy': the header says F64 of shape (3,), which takes 24 bytes, but 16 follow it");
        assertRefused(
                new ZipBytes().stored("w.npy", file("<f8", "(1,)", doubles(3, 4))),
                "entry 'w.npy': the header says F64 of shape (1,), which takes 8 bytes, but 16 follow it");
    }

    @Test
    void anEntryThatUnfoldsFurtherThanItStatesIsNotUnfolded() throws IOException {
        byte[] huge = NpyFiles.concat(ONE, new byte[10_000_000]);
        Path file = new ZipBytes()
                .entry("w.npy", DEFLATED, ZipBytes.deflate(huge), ONE.length, ZipBytes.crc(ONE))
                .write(directory.resolve("bad.npz"));

        long allocated = AllocationMeter.ofCurrentThread().measure(() -> assertThatThrownBy(() -> Npz.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("entry 'w.npy'", "unfolds to more than the " + ONE.length + " bytes"));

        assertThat(allocated).isLessThan(5_000_000);
    }

    @Test
    void anEntryThatUnfoldsLessFarThanItStatesIsRefused() throws IOException {
        byte[] claims = file("<f8", "(3,)", doubles(3, 4));
        assertRefused(
                new ZipBytes()
                        .entry("w.npy", DEFLATED, ZipBytes.deflate(claims), claims.length + 8, ZipBytes.crc(claims)),
                "entry 'w.npy': the bytes end before the array does");
        byte[] begin = Arrays.copyOf(ONE, 7);
        assertRefused(
                new ZipBytes().entry("w.npy", DEFLATED, ZipBytes.deflate(begin), ONE.length, ZipBytes.crc(begin)),
                "entry 'w.npy': the bytes end before the array does");
    }

    @Test
    void moreThanDeflateCanMakeIsRefusedBeforeAnythingIsUnfolded() throws IOException {
        byte[] packed = ZipBytes.deflate(file("<f8", "(250000000,)", doubles(3, 4)));
        assertRefused(
                new ZipBytes().entry("w.npy", DEFLATED, packed, 2_000_000_100, 0),
                "entry 'w.npy': it states 2000000100 bytes, which cannot come from the " + packed.length,
                "zip bomb");
    }

    @Test
    void aStoredEntryOfTwoSizesIsRefused() throws IOException {
        assertRefused(
                new ZipBytes().entry("w.npy", STORED, ONE, ONE.length + 8, ZipBytes.crc(ONE)),
                "entry 'w.npy': it states " + (ONE.length + 8) + " bytes, which cannot come from the " + ONE.length);
    }

    @Test
    void entriesThatShareTheirBytesAreRefused() throws IOException {
        byte[] zeros = file("|u1", "(100000,)", new byte[100_000]);
        byte[] packed = ZipBytes.deflate(zeros);
        long crc = ZipBytes.crc(zeros);
        ZipBytes zip = new ZipBytes().entry("w0", DEFLATED, packed, zeros.length, crc);
        for (int i = 1; i < 100; i++) {
            zip.again("w" + i, DEFLATED, packed.length, zeros.length, crc);
        }

        assertRefused(zip, "claim more bytes than the ", "zip bomb");
    }

    @Test
    void theLimitHoldsForAllCompressedEntriesTogether() throws IOException {
        byte[] thousand = file("|u1", "(1000,)", new byte[1000]);
        Path file = new ZipBytes()
                .deflated("a.npy", thousand)
                .stored("b.npy", thousand)
                .deflated("c.npy", thousand)
                .write(directory.resolve("bad.npz"));

        assertThat(Npz.read(file, 16_000)).hasSize(3);
        assertThatThrownBy(() -> Npz.read(file, 15_999))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(
                        file.toString(),
                        "entry 'c.npy': shape (1000,) takes 8000 bytes of memory",
                        "the limit leaves, which is 7999",
                        "raise the limit: Npz.read(file, limit)");
        assertThatThrownBy(() -> Npz.read(file, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the limit -1 is negative");
    }

    @Test
    void withoutALimitOfOnesOwnASmallFileUnfoldsToOneGibibyteAtMost() throws IOException {
        byte[] bomb = file("|u1", "(134217729,)", new byte[134_217_729]);
        Path file = new ZipBytes().deflated("w.npy", bomb).write(directory.resolve("bad.npz"));

        long allocated = AllocationMeter.ofCurrentThread().measure(() -> assertThatThrownBy(() -> Npz.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "takes 1073741832 bytes of memory, more than the limit leaves, which is 1073741824"));

        assertThat(allocated).isLessThan(5_000_000);
    }

    @Test
    void aWrongChecksumIsRefused() throws IOException {
        long wrong = ZipBytes.crc(ONE) ^ 1;
        assertRefused(new ZipBytes().entry("w.npy", STORED, ONE, ONE.length, wrong), "entry 'w.npy': its checksum is ");
        assertRefused(
                new ZipBytes().entry("w.npy", DEFLATED, ZipBytes.deflate(ONE), ONE.length, wrong),
                "entry 'w.npy': its checksum is ");
    }

    @Test
    void anUnknownCompressionIsRefused() throws IOException {
        assertRefused(
                new ZipBytes().entry("w.npy", 12, ONE, ONE.length, ZipBytes.crc(ONE)), "method", "fetch it again");
    }

    @Test
    void bytesThatAreNotDeflatedOrEndTooSoonAreRefused() throws IOException {
        byte[] packed = ZipBytes.deflate(ONE);
        byte[] reserved = packed.clone();
        reserved[0] |= 6; // a block of type 3, which RFC 1951 keeps for later
        byte[] cut = Arrays.copyOf(packed, packed.length / 2);
        long crc = ZipBytes.crc(ONE);

        assertRefused(
                new ZipBytes().entry("w.npy", DEFLATED, reserved, ONE.length, crc),
                "entry 'w.npy': invalid block type",
                "the zip is corrupt",
                "fetch it again");
        assertRefused(
                new ZipBytes().entry("w.npy", DEFLATED, cut, ONE.length, crc), "entry 'w.npy': ", "fetch it again");
    }

    @Test
    void everyShorterFileIsRefused() throws IOException {
        byte[] whole =
                new ZipBytes().stored("a.npy", ONE).deflated("b.npy", ONE).bytes();
        for (int length = 0; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length), "it is no whole zip", "fetch it again");
        }
    }

    @Test
    void aSingleArrayIsNamed() throws IOException {
        assertRefused(ONE, "it is no whole zip", "read it with Npy.read");
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = directory.resolve("missing.npz");

        assertThatThrownBy(() -> Npz.read(file))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContainingAll(file.toString(), "check the path");
        assertThatThrownBy(() -> Npz.read(file, 7)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Npz.read(directory)).hasMessageContaining(directory.toString());
    }

    @Test
    void aMissingDirectoryIsNamed() {
        assertThatThrownBy(() -> Npz.write(Map.of("w", Tensors.scalar(7)), directory.resolve("no/x.npz")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not exist; create it first");
    }

    private void assertRefused(ZipBytes zip, String... reasons) throws IOException {
        assertRefused(zip.bytes(), reasons);
    }

    private void assertRefused(byte[] content, String... reasons) throws IOException {
        Path file = Files.write(directory.resolve("bad.npz"), content);
        assertThatThrownBy(() -> Npz.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("npz: " + file + ": ")
                .hasMessageContainingAll(reasons);
    }
}
