package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.tinytorch.setup.AllocationMeter;

/** Packages that chance has damaged, and packages that somebody has damaged who then corrected the manifest. */
class PackageFuzzTest {
    private static Path directory;

    @BeforeContainer
    static void write() throws IOException {
        directory = Files.createTempDirectory("packages");
        Packages.digits().write(directory.resolve("digits"));
        Packages.writer().write(directory.resolve("writer"));
    }

    @AfterContainer
    static void delete() throws IOException {
        Files.deleteIfExists(directory.resolve("signed.zip"));
        for (Path folder : Packages.entries(directory)) {
            for (Path file : Packages.entries(folder)) {
                Files.delete(file);
            }
            Files.delete(folder);
        }
        Files.delete(directory);
    }

    /** A file of one of the two packages, whichever the number says. */
    private static Path file(boolean digits, int number) throws IOException {
        var files = Packages.entries(directory.resolve(digits ? "digits" : "writer"));
        return files.get(number % files.size());
    }

    @Property(tries = 1000)
    void everyChangedByteIsNoticedAndTheFileNamed(
            @ForAll boolean digits,
            @ForAll @IntRange(max = 1000) int which,
            @ForAll @IntRange(max = Integer.MAX_VALUE - 1) int place,
            @ForAll @IntRange(min = 1, max = 255) int flip)
            throws IOException {
        Path file = file(digits, which);
        byte[] whole = Files.readAllBytes(file);
        byte[] changed = whole.clone();
        changed[place % whole.length] ^= (byte) flip;
        boolean manifest = file.getFileName().toString().equals("manifest.json");
        try {
            Files.write(file, changed);

            assertThatThrownBy(() -> ModelPackage.read(file.getParent()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(manifest ? file.getParent().toString() : file.toString());
        } finally {
            Files.write(file, whole);
        }
    }

    @Property(tries = 2000)
    void whatIsSignedAgainIsReadOrRefusedAndTakesNoMoreMemoryThanItsFiles(
            @ForAll boolean digits,
            @ForAll @IntRange(max = 1000) int which,
            @ForAll @IntRange(max = Integer.MAX_VALUE - 1) int place,
            @ForAll byte by,
            @ForAll @IntRange(max = 3) int how,
            @ForAll boolean zipped)
            throws IOException {
        Path file = file(digits, which);
        Path folder = file.getParent();
        Map<Path, byte[]> before = new LinkedHashMap<>();
        for (Path each : Packages.entries(folder)) {
            before.put(each, Files.readAllBytes(each));
        }
        try {
            Files.write(file, damaged(before.get(file), place % before.get(file).length, by, how));
            if (!file.getFileName().toString().equals("manifest.json")) {
                Packages.sign(folder, digits ? PackageKind.IMAGE_CLASSIFIER : PackageKind.LANGUAGE_MODEL);
            }
            Path read = zipped ? Packages.zip(folder, directory.resolve("signed.zip")) : folder;
            long bytes = AllocationMeter.ofCurrentThread().measure(() -> readOrRefuse(read));

            assertThat(bytes).as("bytes taken, in all").isLessThan(32L << 20);
        } finally {
            for (Map.Entry<Path, byte[]> each : before.entrySet()) {
                Files.write(each.getKey(), each.getValue());
            }
        }
    }

    private static byte[] damaged(byte[] whole, int place, byte by, int how) {
        byte[] changed = how == 2
                ? Arrays.copyOf(whole, place)
                : how == 3 ? Arrays.copyOf(whole, whole.length + 3) : whole.clone();
        if (how < 2) {
            changed[place] = how == 0 ? (byte) ('0' + (by & 0x7f) % 10) : by; // digits make other sizes
        }
        return changed;
    }

    private static void readOrRefuse(Path path) {
        try {
            assertThat(ModelPackage.read(path).model()).isNotNull();
        } catch (IOException expected) {
            assertThat(expected).hasMessageContaining(path.toString());
        }
    }
}
