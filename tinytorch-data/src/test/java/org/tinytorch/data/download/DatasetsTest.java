package org.tinytorch.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatasetsTest {
    private static final Checksum ANY = Checksum.md5("00112233445566778899aabbccddeeff");

    @Test
    void eachIsFoundByItsName() {
        for (RemoteDataset dataset : Datasets.all()) {
            assertThat(Datasets.named(dataset.name())).contains(dataset);
        }
        assertThat(Datasets.named("imagenet")).isEmpty();
    }

    @Test
    void filesHaveTheirAddressBelowThatOfTheDataset() {
        assertThat(Datasets.CIFAR10.addressOf(Datasets.CIFAR10.downloads().get(0)))
                .hasToString("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz");
        assertThat(Datasets.MNIST.addressOf(Datasets.MNIST.downloads().get(3)))
                .hasToString("https://ossci-datasets.s3.amazonaws.com/mnist/t10k-labels-idx1-ubyte.gz");
    }

    @Test
    void aMirrorIsAFolderOrForOneFileTheFile() {
        RemoteFile archive = Datasets.CIFAR10.downloads().get(0);
        for (String mirror : List.of("http://mirror/a", "http://mirror/a/", "http://mirror/a/cifar-10-binary.tar.gz")) {
            assertThat(Datasets.CIFAR10.from(URI.create(mirror)).addressOf(archive))
                    .hasToString("http://mirror/a/cifar-10-binary.tar.gz");
        }
        assertThat(Datasets.CIFAR10.from(URI.create("http://mirror/get?id=7")).addressOf(archive))
                .hasToString("http://mirror/get?id=7");
    }

    @Test
    void theFolderOfAnArchiveIsBelowTheDirectory() {
        Path cache = Path.of("cache");
        assertThat(Datasets.CIFAR10.folder(cache)).isEqualTo(cache.resolve("cifar-10-batches-bin"));
        assertThat(Datasets.MNIST.folder(cache)).isEqualTo(cache);
    }

    @Test
    void anAddressThatNothingCanBeFetchedFromIsRefused() {
        for (String address : List.of("file:///data", "ftp://host/data", "mirror/data", "https:data")) {
            assertThatThrownBy(() -> Datasets.MNIST.from(URI.create(address)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + address + "' is not an address to download from");
        }
    }

    @Test
    void anArchiveComesInOneFile() {
        RemoteFile file = new RemoteFile("a", 1, ANY);
        ArchiveLayout layout = new ArchiveLayout("folder", List.of(file), Map.of());
        URI address = URI.create("http://host/");
        assertThatThrownBy(() -> new RemoteDataset("x", "", "", address, List.of(file, file), Optional.of(layout)))
                .hasMessageContaining("has 2 files to fetch");
        assertThatThrownBy(() -> new RemoteDataset("x", "", "", address, List.of(), Optional.empty()))
                .hasMessageContaining("has 0 files to fetch");
    }

    @Test
    void namesCannotLeadElsewhere() {
        for (String name : List.of("", ".", "..", "../a", "a/b", "a\\b", "/a", ".hidden", "a b", "C:a")) {
            assertThatThrownBy(() -> new RemoteFile(name, 1, ANY)).hasMessageContaining("file name '" + name + "'");
        }
        assertThatThrownBy(() -> new RemoteFile("a", 0, ANY)).hasMessageContaining("has 0 bytes");
    }

    @Test
    void anArchiveListsEachFileOnce() {
        RemoteFile file = new RemoteFile("a", 1, ANY);
        assertThatThrownBy(() -> new ArchiveLayout("f", List.of(file), Map.of("a", 1L)))
                .hasMessageContaining("a is listed twice");
        assertThatThrownBy(() -> new ArchiveLayout("f", List.of(), Map.of())).hasMessageContaining("lists no files");
        assertThatThrownBy(() -> new ArchiveLayout("f", List.of(file), Map.of("b", 0L)))
                .hasMessageContaining("b may have 0 bytes");
    }

    @Test
    void checksumsHaveTheirDigits() {
        assertThat(Checksum.md5("00112233445566778899AABBCCDDEEFF"))
                .isEqualTo(ANY)
                .hasToString("MD5 " + ANY.hex());
        assertThatThrownBy(() -> Checksum.sha256("0011")).hasMessageContaining("SHA-256 has 64 hexadecimal digits");
        assertThatThrownBy(() -> Checksum.md5("x".repeat(32))).hasMessageContaining("MD5 has 32 hexadecimal digits");
    }

    @Test
    void theCacheIsWhereThePropertyOrTheSystemSays() {
        Optional<String> none = Optional.empty();
        assertThat(CacheDirectory.root(name -> Optional.of("/" + name), name -> Optional.of("/xdg")))
                .isEqualTo(Path.of("/tinytorch.cache"));
        assertThat(CacheDirectory.root(
                        DatasetsTest::onlyHome,
                        name -> Optional.of(Path.of("xdg").toAbsolutePath() + "")))
                .isEqualTo(Path.of("xdg", "tinytorch").toAbsolutePath());
        assertThat(CacheDirectory.root(DatasetsTest::onlyHome, name -> Optional.of("relative")))
                .isEqualTo(Path.of("/home/user/.cache/tinytorch"));
        assertThat(CacheDirectory.root(DatasetsTest::onlyHome, name -> none))
                .isEqualTo(Path.of("/home/user/.cache/tinytorch"));
        assertThat(CacheDirectory.of(Datasets.MNIST)).hasFileName("mnist");
    }

    private static Optional<String> onlyHome(String name) {
        return name.equals("user.home") ? Optional.of("/home/user") : Optional.empty();
    }
}
