package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.setup.AllocationMeter;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/** A package as one file: the same as the folder, and refused if it is anything else. */
class PackageZipTest {
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    @TempDir
    Path directory;

    private Path folder;
    private Path zip;

    @BeforeEach
    void write() throws IOException {
        folder = directory.resolve("digits");
        zip = directory.resolve("digits.zip");
        Packages.digits().write(folder);
    }

    @Test
    void isReadToTheLastBit() throws IOException {
        ModelPackage digits = Packages.digits();
        Tensor images = Packages.random(Shape.of(7, 1, 8, 8), 11);

        digits.write(zip);
        ModelPackage back = ModelPackage.read(zip);

        assertThat(Packages.logits(back.model(), images)).isEqualTo(Packages.logits(digits.model(), images));
        assertThat(back.labels()).isEqualTo(digits.labels());
        assertThat(back.preprocessing()).isEqualTo(digits.preprocessing());
        assertThat(back.metrics()).isEqualTo(digits.metrics());
        assertThat(Packages.entries(directory)).containsExactly(folder, zip);
    }

    @Test
    void aLanguageModelToo() throws IOException {
        ModelPackage writer = Packages.writer();

        writer.write(zip);
        ModelPackage back = ModelPackage.read(zip);

        assertThat(back.gpt().config()).isEqualTo(writer.gpt().config());
        assertThat(back.tokenizer().orElseThrow().encode(Packages.TEXT))
                .isEqualTo(writer.tokenizer().orElseThrow().encode(Packages.TEXT));
    }

    @Test
    void holdsTheFilesOfTheFolderAsTheyAreTheManifestFirst() throws IOException {
        Packages.digits().write(zip);

        assertThat(ModelPackage.verify(zip)).isEqualTo(ModelPackage.verify(folder));
        try (ZipFile file = new ZipFile(zip.toFile())) {
            assertThat(file.stream().map(ZipEntry::getName))
                    .containsExactly(
                            "manifest.json",
                            "config.json",
                            "labels.json",
                            "metrics.json",
                            "model.safetensors",
                            "preprocessing.json");
            for (ZipEntry entry : file.stream().toList()) {
                assertThat(entry.getMethod()).as(entry.getName()).isEqualTo(ZipEntry.STORED);
                assertThat(file.getInputStream(entry).readAllBytes())
                        .isEqualTo(Files.readAllBytes(folder.resolve(entry.getName())));
            }
        }
    }

    @Test
    void theSamePackageHasTheSameBytesInAnyTimeZone() throws IOException {
        TimeZone here = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
            Packages.digits().write(zip);
            TimeZone.setDefault(TimeZone.getTimeZone("America/Lima"));
            Packages.digits().write(directory.resolve("again.ZIP"));
        } finally {
            TimeZone.setDefault(here);
        }

        assertThat(directory.resolve("again.ZIP")).hasSameBinaryContentAs(zip);
    }

    @Test
    void aZipIsKnownByItsContentWhateverItIsCalled() throws IOException {
        Packages.digits().write(zip);
        Path renamed = Files.move(zip, directory.resolve("digits.model"));

        assertThat(ModelPackage.read(renamed).labels()).hasSize(10);
    }

    // ---- what is refused

    /** The entries of a zip as it should be, in the order in which they are written. */
    private List<Path> files() throws IOException {
        return new ArrayList<>(Packages.entries(folder));
    }

    private ZipBytes without(String name) throws IOException {
        ZipBytes bytes = new ZipBytes();
        for (Path file : files()) {
            if (!file.getFileName().toString().equals(name)) {
                bytes.stored(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return bytes;
    }

    private byte[] content(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name));
    }

    private void refused(ZipBytes bytes, String... message) throws IOException {
        bytes.write(zip);
        assertThatThrownBy(() -> ModelPackage.verify(zip))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(zip.toString())
                .hasMessageContainingAll(message);
        assertThatThrownBy(() -> ModelPackage.read(zip))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(message);
    }

    @Test
    void whatIsMadeByHandByteByByteIsReadIfItIsRight() throws IOException {
        without("").write(zip);

        assertThat(ModelPackage.verify(zip)).isEqualTo(ModelPackage.verify(folder));
        assertThat(ModelPackage.read(zip).labels()).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "labels.json", "metrics.json", "model.safetensors", "manifest.json"})
    void oneThatIsMissingIsNamed(String name) throws IOException {
        refused(without(name), zip.resolve(name) + " is missing", "get it anew");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Train.class",
                "../labels.json",
                "/etc/passwd",
                "digits/labels.json",
                "labels.json/",
                "LABELS.JSON",
                ".DS_Store",
                "__MACOSX/._labels.json",
                "C:\\labels.json"
            })
    void aNameThatNobodyListedIsRefused(String name) throws IOException {
        refused(
                without("").stored(name, new byte[0]),
                zip + " holds \"" + name + "\", which is not in its manifest.json");
    }

    @Test
    void filesInAFolderWithinAreRefused() throws IOException {
        ZipBytes nested = new ZipBytes();
        for (Path file : files()) {
            nested.stored("digits/" + file.getFileName(), Files.readAllBytes(file));
        }

        refused(nested, zip.resolve("manifest.json") + " is missing");
    }

    @Test
    void twoOfOneNameAreRefused() throws IOException {
        refused(
                without("").stored("labels.json", content("labels.json")),
                "holds two files called \"labels.json\"",
                "get the package anew");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "manifest.json", "model.safetensors"})
    void oneThatIsCompressedIsRefused(String name) throws IOException {
        refused(
                without(name).deflated(name, content(name)),
                zip.resolve(name) + " is compressed",
                "unpack the zip: the folder is a package too");
    }

    @Test
    void oneThatClaimsToUnfoldFurtherIsRefusedBeforeItDoes() throws IOException {
        byte[] bomb = ZipBytes.deflate(new byte[50_000_000]);
        without("labels.json")
                .entry("labels.json", DEFLATED, bomb, content("labels.json").length, 0)
                .write(zip);

        long allocated = AllocationMeter.ofCurrentThread()
                .measure(() -> assertThatThrownBy(() -> ModelPackage.read(zip))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("is compressed"));

        assertThat(allocated).isLessThan(5_000_000);
    }

    @Test
    void oneOfTwoSizesIsRefused() throws IOException {
        byte[] labels = content("labels.json");
        refused(
                without("labels.json").entry("labels.json", STORED, labels, labels.length + 1, ZipBytes.crc(labels)),
                zip.resolve("labels.json").toString(),
                "has " + (labels.length + 1) + " bytes, but manifest.json says " + labels.length);
        byte[] longer = Arrays.copyOf(labels, labels.length + 1);
        refused(
                without("labels.json").entry("labels.json", STORED, longer, labels.length, ZipBytes.crc(labels)),
                "labels.json: it states " + labels.length + " bytes, which cannot come from the " + longer.length);
    }

    @Test
    void filesThatShareTheirBytesAreRefused() throws IOException {
        byte[] weights = content("model.safetensors");
        refused(
                new ZipBytes()
                        .stored("model.safetensors", weights)
                        .again("config.json", STORED, weights.length, weights.length, ZipBytes.crc(weights)),
                "claim more bytes than the ",
                "zip bomb");
    }

    @Test
    void aSingleOtherBitIsNoticed() throws IOException {
        byte[] labels = content("labels.json");
        labels[4] ^= 1;
        refused(
                without("labels.json").stored("labels.json", labels),
                zip.resolve("labels.json") + " is not what it was when the package was written",
                "its SHA-256 is ");
    }

    @Test
    void aManifestThatIsTooLongIsRefusedBeforeItIsRead() throws IOException {
        refused(
                without("manifest.json").stored("manifest.json", new byte[(1 << 16) + 1]),
                "manifest.json has 65537 bytes, more than the 65536");
    }

    @Test
    void anEncryptedOneIsRefused() throws IOException {
        byte[] bytes = without("").bytes();
        int entry = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
        bytes[entry + 8] |= 1; // the flag in the index that says so
        Files.write(zip, bytes);

        assertThatThrownBy(() -> ModelPackage.read(zip))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(zip.toString(), "it is no whole zip", "encrypted");
    }

    @Test
    void aLinkWithinIsTextAndNoLink() throws IOException {
        Path elsewhere = Files.write(directory.resolve("elsewhere.json"), content("labels.json"));
        byte[] target = elsewhere.toString().getBytes(StandardCharsets.UTF_8);
        byte[] bytes = without("labels.json").stored("labels.json", target).bytes();
        int last = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("PK\1\2");
        bytes[last + 5] = 3; // written on Unix,
        bytes[last + 41] = (byte) 0xa1; // where the upper half of the attributes is the mode: a link
        Files.write(zip, bytes);

        assertThatThrownBy(() -> ModelPackage.read(zip))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(zip.resolve("labels.json") + " has " + target.length + " bytes");
    }

    @Test
    void everyShorterFileIsRefused() throws IOException {
        byte[] whole = without("").bytes();
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(zip, Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> ModelPackage.verify(zip))
                    .as("the first %d bytes", length)
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll(zip.toString(), "it is no whole zip");
        }
    }

    @Test
    void aBrokenStartOfAnEntryIsNamed() throws IOException {
        byte[] bytes = without("").bytes();
        bytes[0] = 0; // of the first entry; the index at the end knows nothing of it
        Files.write(zip, bytes);

        assertThatThrownBy(() -> ModelPackage.read(zip))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(zip.resolve("config.json").toString(), "the zip is corrupt: get it anew");
    }
}
