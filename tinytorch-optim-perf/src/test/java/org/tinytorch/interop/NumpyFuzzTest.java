package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tinytorch.interop.NpyFiles.dict;
import static org.tinytorch.interop.NpyFiles.doubles;
import static org.tinytorch.interop.NpyFiles.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.tinytorch.setup.AllocationMeter;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Files with changed, lost or added bytes give tensors or an exception that names the file, and never take memory that the file does not warrant. */
class NumpyFuzzTest {
    /** For the exception, its message, buffers and the zip's own tables, whatever the file. */
    private static final long ALLOWANCE = 1_000_000;

    /** A tensor takes 8 bytes for one of the file. */
    private static final int NPY_RATIO = 9;

    /** And deflate makes 1032 bytes of one. */
    private static final int NPZ_RATIO = 8 * 1032;

    private static final List<byte[]> ARRAYS = List.of(
            file("<f8", "(2, 3)", doubles(0, 1, 2, 3, 4, 5)),
            file(2, dict(">i2", true, "(3, 2)"), new byte[12]),
            file(3, dict("|b1", false, "(70000,)"), new byte[70_000]),
            file("<f4", "()", new byte[4]));

    private static final List<byte[]> ARCHIVES = List.of(
            new ZipBytes()
                    .stored("a.npy", ARRAYS.get(0))
                    .stored("b", ARRAYS.get(3))
                    .bytes(),
            new ZipBytes()
                    .deflated("a.npy", ARRAYS.get(2))
                    .deflated("b.npy", ARRAYS.get(1))
                    .bytes());

    private Path file;

    @BeforeProperty
    void makeFile() throws IOException {
        file = Files.createTempFile("fuzz", ".np");
    }

    @AfterProperty
    void deleteFile() throws IOException {
        Files.deleteIfExists(file);
    }

    /** What happens to a file: so many of its bytes change, near its beginning or anywhere, and then its length. */
    record Damage(int changes, boolean near, int length, long seed) {
        byte[] to(byte[] whole) {
            Random random = new Random(seed);
            byte[] bytes = whole.clone();
            int range = near ? Math.min(bytes.length, 120) : bytes.length;
            for (int i = 0; i < changes; i++) {
                int at = random.nextInt(range);
                bytes[at] = random.nextBoolean()
                        ? (byte) random.nextInt()
                        : (byte) "0123456789'(),{}<>|:L".charAt(random.nextInt(21));
            }
            return length < 0
                    ? Arrays.copyOf(bytes, Math.max(0, bytes.length + length))
                    : Arrays.copyOf(bytes, bytes.length + length);
        }
    }

    @Provide
    Arbitrary<Damage> damage() {
        Arbitrary<Integer> length = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(0)),
                Tuple.of(1, Arbitraries.integers().between(-200, 200)));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4), Arbitraries.of(true, false), length, Arbitraries.longs())
                .as(Damage::new);
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void aDamagedArrayIsReadOrRefused(@ForAll @IntRange(max = 3) int which, @ForAll("damage") Damage damage) {
        assertReadOrRefused(damage.to(ARRAYS.get(which)), NPY_RATIO, () -> Map.of("", Npy.read(file)));
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void aDamagedArchiveIsReadOrRefused(@ForAll @IntRange(max = 1) int which, @ForAll("damage") Damage damage) {
        assertReadOrRefused(damage.to(ARCHIVES.get(which)), NPZ_RATIO, () -> Npz.read(file));
    }

    /** The zip is whole here, so that every damage reaches the array in it. */
    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aDamagedArrayInAWholeArchiveIsReadOrRefused(
            @ForAll @IntRange(max = 3) int which, @ForAll("damage") Damage damage, @ForAll boolean stored) {
        byte[] array = damage.to(ARRAYS.get(which));
        ZipBytes zip = stored ? new ZipBytes().stored("a.npy", array) : new ZipBytes().deflated("a.npy", array);
        assertReadOrRefused(zip.bytes(), NPZ_RATIO, () -> Npz.read(file));
    }

    @Property(tries = 300)
    void bytesOfNoMeaningAreRefused(@ForAll byte[] bytes) {
        assertReadOrRefused(bytes, NPY_RATIO, () -> Map.of("", Npy.read(file)));
        assertReadOrRefused(bytes, NPZ_RATIO, () -> Npz.read(file));
    }

    @Property(tries = 100)
    void everyTensorIsReadBack(
            @ForAll @IntRange(max = 5) int rows, @ForAll @IntRange(max = 5) int columns, @ForAll long seed)
            throws IOException {
        Tensor x = Tensors.randn(new Generator(seed), rows, columns, 2);

        Npy.write(x, file);
        assertThat(Npy.read(file).data()).isEqualTo(x.data());
        Npz.write(Map.of("x", x), file);
        assertThat(Npz.read(file).get("x").data()).isEqualTo(x.data());
        Npz.writeCompressed(Map.of("x", x), file);
        assertThat(Npz.read(file).get("x").data()).isEqualTo(x.data());
    }

    private interface Reading {
        Map<String, Tensor> read() throws IOException;
    }

    private void assertReadOrRefused(byte[] content, int ratio, Reading reading) {
        write(content);
        long allocated = AllocationMeter.ofCurrentThread().measure(() -> {
            try {
                assertThat(reading.read().values())
                        .allSatisfy(tensor -> assertThat(tensor.data()).hasSize(tensor.size()));
            } catch (IOException e) { // any other exception fails the property
                assertThat(e).hasMessageContaining(file.toString());
            }
        });
        assertThat(allocated).isLessThan(ALLOWANCE + (long) ratio * content.length);
    }

    private void write(byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
