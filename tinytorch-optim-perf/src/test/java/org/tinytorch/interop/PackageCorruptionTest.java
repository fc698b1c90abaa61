package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A package that is not as it was written is refused, with the file named. */
class PackageCorruptionTest {
    @TempDir
    Path directory;

    private Path folder;

    @BeforeEach
    void write() throws IOException {
        folder = directory.resolve("digits");
        Packages.digits().write(folder);
    }

    private void refused(String... message) {
        assertThatThrownBy(() -> ModelPackage.verify(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(message);
        assertThatThrownBy(() -> ModelPackage.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config.json",
                "labels.json",
                "metrics.json",
                "model.safetensors",
                "preprocessing.json",
                "manifest.json"
            })
    void oneThatIsMissingIsNamed(String name) throws IOException {
        Files.delete(folder.resolve(name));

        refused(folder.resolve(name) + " is missing", "get it anew");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "labels.json", "metrics.json", "model.safetensors", "preprocessing.json"})
    void oneThatIsCutOffOrExtendedIsNamed(String name) throws IOException {
        Path file = folder.resolve(name);
        byte[] whole = Files.readAllBytes(file);

        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        refused(file.toString(), "has " + (whole.length - 1) + " bytes", "it is cut off");
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        refused(file.toString(), "something was added");
        Files.write(file, new byte[0]);
        refused(file.toString(), "has 0 bytes");
    }

    @Test
    void everyBitOfTheManifestCounts() throws IOException {
        Path file = folder.resolve("manifest.json");
        byte[] whole = Files.readAllBytes(file);
        for (int position = 0; position < whole.length; position++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = whole.clone();
                changed[position] ^= (byte) (1 << bit);
                Files.write(file, changed);

                assertThatThrownBy(() -> ModelPackage.verify(folder))
                        .as("bit %d of byte %d", bit, position)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(folder.toString());
            }
        }
    }

    @Test
    void everyShorterManifestIsRefused() throws IOException {
        Path file = folder.resolve("manifest.json");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> ModelPackage.verify(folder))
                    .as("the first %d bytes", length)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\" : 1 | \"version\" : 2 | the package is of version 2, this library reads version 1",
                "\"version\" : 1 | \"version\" : 0 | \"version\" is 0",
                "image-classifier | language-model | \"labels.json\" is no file of a package of the kind language-model",
                "image-classifier | oracle | the kind \"oracle\" is unknown; it can be [image-classifier, language-model]",
                "labels.json | ../../etc/passwd | \"../../etc/passwd\" is no file of a package",
                "labels.json | /etc/passwd | \"/etc/passwd\" is no file of a package",
                "labels.json | manifest.json | \"manifest.json\" is no file of a package",
                "labels.json | metrics.json | Duplicate field 'metrics.json'",
                "\"bytes\" : 7 | \"bytes\" : -7 | it must be a number of bytes",
                "\"sha256\" : \" | \"sha256\" : \"g | is no SHA-256 checksum",
                "\"kind\" | \"note\" : 1, \"kind\" | the field \"note\" is unknown",
            })
    void aManifestThatSaysNonsenseIsRefused(String old, String by, String message) throws IOException {
        Path file = folder.resolve("manifest.json");
        String text = Files.readString(file).replaceFirst("\"bytes\" : [0-9]+", "\"bytes\" : 7");
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, by));

        refused(file.toString(), message);
    }

    @Test
    void aManifestThatSomebodyEditedIsRefusedEvenIfItSaysTheSame() throws IOException {
        Path file = folder.resolve("manifest.json");
        Files.writeString(file, Files.readString(file) + "\n");

        refused("somebody edited it");
    }

    @Test
    void aManifestThatIsTooLongIsRefusedBeforeItIsRead() throws IOException {
        Files.write(folder.resolve("manifest.json"), new byte[(1 << 16) + 1]);

        refused("manifest.json has 65537 bytes, more than the 65536");
    }

    @Test
    void aFileThatNobodyListedIsRefused() throws IOException {
        Files.writeString(folder.resolve("Train.class"), "");

        refused(folder + " holds \"Train.class\", which is not in its manifest.json");
    }

    @Test
    void whatSystemsLeaveEverywhereIsIgnored() throws IOException {
        Files.writeString(folder.resolve(".DS_Store"), "");

        assertThat(ModelPackage.read(folder).labels()).hasSize(10);
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path labels = folder.resolve("labels.json");
        Path elsewhere = Files.move(labels, directory.resolve("elsewhere.json"));
        Files.createSymbolicLink(labels, elsewhere);

        refused(labels + " is a link");
    }

    @Test
    void aFolderInPlaceOfAFileIsRefused() throws IOException {
        Path labels = folder.resolve("labels.json");
        Files.delete(labels);
        Files.createDirectory(labels);

        refused(labels + " is a link, a folder or a device");
    }

    @Test
    void oneThatIsReplacedBetweenVerifyingAndReadingIsNoticed() throws IOException {
        PackageReader reader = new PackageReader(new FolderFiles(folder));

        new ModelPackageWriter().replacing().write(Packages.digits().metrics(Map.of("loss", 1.0)), folder);

        assertThatThrownBy(reader::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder + " was replaced while it was read");
    }

    @Test
    void whatIsNoPackageIsRefused() throws IOException {
        assertThatThrownBy(() -> ModelPackage.read(directory.resolve("nowhere")))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("there is no folder", "nowhere", "check the path");
        assertThatThrownBy(() -> ModelPackage.read(folder.resolve("config.json")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("config.json: it is no whole zip");
        assertThatThrownBy(() -> ModelPackage.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("manifest.json is missing");
    }
}
