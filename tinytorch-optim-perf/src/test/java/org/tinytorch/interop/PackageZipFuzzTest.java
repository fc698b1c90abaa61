package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.tinytorch.setup.AllocationMeter;

/** Zips of packages with changed, lost, added or moved bytes hold the same as before, or are refused by name; and never take memory that they do not warrant. */
class PackageZipFuzzTest {
    /** For the exception, its message, buffers and the zip's own tables. */
    private static final long ALLOWANCE = 2 << 20;

    /** The index of all entries and the record behind it. */
    private static final int INDEX_BYTES = 400;

    private static Path zip;
    private static byte[] whole;
    private static PackageManifest manifest;

    @BeforeContainer
    static void write() throws IOException {
        zip = Files.createTempDirectory("packages").resolve("writer.zip");
        Packages.writer().write(zip);
        whole = Files.readAllBytes(zip);
        manifest = ModelPackage.verify(zip);
        ModelPackage.read(zip); // loads the classes
    }

    @AfterContainer
    static void delete() throws IOException {
        Files.delete(zip);
        Files.delete(zip.getParent());
    }

    @Property(tries = 2000)
    void changedBytes(@ForAll @IntRange(min = 1, max = 5) int times, @ForAll boolean index, @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        byte[] bytes = whole.clone();
        for (int i = 0; i < times; i++) {
            int from = index ? bytes.length - INDEX_BYTES : 0;
            bytes[from + random.nextInt(bytes.length - from)] ^= (byte) (1 + random.nextInt(255));
        }
        assertSameOrRefused(bytes);
    }

    @Property(tries = 500)
    void lostAndAddedBytes(@ForAll @IntRange(max = 1 << 15) int length, @ForAll boolean atTheFront) throws IOException {
        byte[] bytes = Arrays.copyOf(whole, length);
        assertSameOrRefused(atTheFront ? NpyFiles.concat(new byte[length], whole) : bytes);
    }

    @Property(tries = 1000)
    void partsThatChangePlaces(@ForAll @IntRange(min = 1, max = 600) int part, @ForAll boolean index, @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        byte[] bytes = whole.clone();
        int from = index ? bytes.length - INDEX_BYTES - part : 0;
        int one = from + random.nextInt(bytes.length - from - part);
        int other = from + random.nextInt(bytes.length - from - part);
        System.arraycopy(whole, one, bytes, other, part);
        System.arraycopy(whole, other, bytes, one, part);
        assertSameOrRefused(bytes);
    }

    private static void assertSameOrRefused(byte[] bytes) throws IOException {
        Files.write(zip, bytes);
        AtomicReference<Object> outcome = new AtomicReference<>();
        long allocated = AllocationMeter.ofCurrentThread().measure(() -> outcome.set(outcome()));

        assertThat(allocated).as("bytes taken for %d", bytes.length).isLessThan(ALLOWANCE + 40L * bytes.length);
        if (outcome.get() instanceof IOException refused) {
            assertThat(refused).hasMessageContaining(zip.toString());
        } else {
            assertThat(outcome.get())
                    .as("so that every byte of every file is the same")
                    .isEqualTo(manifest);
        }
    }

    /** What was read, or the documented exception; any other passes through and fails the property. */
    private static Object outcome() {
        try {
            ModelPackage.read(zip);
            return ModelPackage.verify(zip);
        } catch (IOException e) {
            return e;
        }
    }
}
