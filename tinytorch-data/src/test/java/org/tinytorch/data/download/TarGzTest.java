package org.tinytorch.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TarGzTest {
    private static final byte[] ONE = Fixture.bytes(3_000, 1);
    private static final byte[] TWO = Fixture.bytes(5_000, 2);
    private static final byte[] TEXT = "zero\none\n".getBytes(StandardCharsets.UTF_8);
    private static final ArchiveLayout LAYOUT = new ArchiveLayout(
            "numbers-bin",
            List.of(Fixture.file("one.bin", ONE), Fixture.file("two.bin", TWO)),
            Map.of("readme.html", 100L, "names.txt", 100L));

    @TempDir
    private Path home;

    private Path directory;
    private final Heard heard = new Heard();
    private LoopbackServer server;

    @BeforeEach
    void start() throws IOException {
        directory = home.resolve("numbers");
        server = new LoopbackServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static TarBytes whole() throws IOException {
        return new TarBytes()
                .folder("numbers-bin/")
                .file("numbers-bin/names.txt", TEXT)
                .file("numbers-bin/one.bin", ONE)
                .file("numbers-bin/two.bin", TWO);
    }

    private RemoteDataset served(byte[] archive) {
        server.script(new ServedFile(archive));
        return Fixture.archive(server.address("/"), Fixture.file("numbers.tar.gz", archive), LAYOUT);
    }

    private Path fetch(RemoteDataset dataset) throws IOException {
        return new Downloader(Fixture.PATIENT, heard).fetch(dataset, directory);
    }

    /** The archive is refused, and neither the folder nor anything beside it comes of it. */
    private void refuses(TarBytes archive, String... messages) throws IOException {
        RemoteDataset dataset = served(archive.toBytes());
        assertThatThrownBy(() -> fetch(dataset))
                .isInstanceOf(DownloadException.class)
                .hasMessageContaining("unpack numbers.tar.gz")
                .hasMessageContainingAll(messages)
                .hasMessageContaining("nothing was unpacked");
        assertThat(names(directory)).containsExactlyInAnyOrder(".lock", "numbers.tar.gz");
        assertThat(names(home)).containsExactly("numbers");
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void theFolderAppearsAndTheArchiveGoes() throws IOException {
        Path folder = fetch(served(whole().toBytes()));
        assertThat(folder).isEqualTo(directory.resolve("numbers-bin"));
        assertThat(names(folder)).containsExactlyInAnyOrder("names.txt", "one.bin", "two.bin");
        assertThat(folder.resolve("one.bin")).hasBinaryContent(ONE);
        assertThat(folder.resolve("two.bin")).hasBinaryContent(TWO);
        assertThat(folder.resolve("names.txt")).hasBinaryContent(TEXT);
        assertThat(names(directory)).containsExactlyInAnyOrder(".lock", "numbers-bin");
        assertThat(heard.events)
                .endsWith("verified numbers.tar.gz", "unpacking names.txt", "unpacking one.bin", "unpacking two.bin");
    }

    @Test
    void aSecondFetchFindsTheFolder() throws IOException {
        RemoteDataset dataset = served(whole().toBytes());
        fetch(dataset);
        heard.events.clear();
        fetch(dataset);
        assertThat(heard.events).containsExactly("there numbers-bin");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void namesWithADotBeforeThemAreTheSame() throws IOException {
        byte[] archive = new TarBytes()
                .folder("./")
                .folder("./numbers-bin/")
                .file("./numbers-bin/one.bin", ONE)
                .file("./numbers-bin/two.bin", TWO)
                .toBytes();
        assertThat(fetch(served(archive))).isDirectoryContaining("glob:**one.bin");
    }

    @Test
    void anArchivePutThereByHandIsUnpacked() throws IOException {
        byte[] archive = whole().toBytes();
        Files.createDirectories(directory);
        Files.write(directory.resolve("numbers.tar.gz"), archive);
        assertThat(fetch(served(archive)).resolve("two.bin")).hasBinaryContent(TWO);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void whatAKilledProgramLeftIsClearedAway() throws IOException {
        byte[] archive = whole().toBytes();
        Path unfinished = directory.resolve(".numbers-bin.unpacking");
        Files.createDirectories(unfinished);
        Files.write(unfinished.resolve("one.bin"), Arrays.copyOf(ONE, 1_000));
        fetch(served(archive));
        assertThat(unfinished).doesNotExist();
        assertThat(directory.resolve("numbers-bin").resolve("one.bin")).hasBinaryContent(ONE);
    }

    @Test
    void aFolderThatLacksFilesIsNamedAndLeftAlone() throws IOException {
        Files.createDirectories(directory.resolve("numbers-bin"));
        Files.write(directory.resolve("numbers-bin").resolve("one.bin"), ONE);
        RemoteDataset dataset = served(whole().toBytes());
        assertThatThrownBy(() -> fetch(dataset))
                .isInstanceOf(DownloadException.class)
                .hasMessageContaining("numbers-bin is there, but lacks two.bin; move it away");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "../evil, leads out of its folder",
        "numbers-bin/../../evil, leads out of its folder",
        "numbers-bin\\..\\..\\evil, leads out of its folder",
        "/evil, is an absolute path",
        "C:\\evil, is an absolute path",
        "numbers-bin/evil, is not one of those",
        "numbers-bin/deep/one.bin, is not one of those",
        "one.bin, is not one of those",
        "other/one.bin, is not one of those",
    })
    void aNameThatIsNotKnownIsRefused(String name, String message) throws IOException {
        refuses(whole().file(name, ONE), "entry '" + name + "' " + message);
    }

    @Test
    void controlCharactersInANameAreNotPrinted() throws IOException {
        refuses(whole().file("\033[2Jevil", ONE), "entry '?[2Jevil' ");
    }

    @Test
    void linksAreRefused() throws IOException {
        refuses(
                new TarBytes().link("numbers-bin/one.bin", TarConstants.LF_SYMLINK, "/etc/passwd"),
                "entry 'numbers-bin/one.bin' is a link");
    }

    @Test
    void hardLinksAndDevicesAreRefusedToo() throws IOException {
        refuses(new TarBytes().link("numbers-bin/one.bin", TarConstants.LF_LINK, "../../evil"), "is a link");
        Files.delete(directory.resolve("numbers.tar.gz"));
        refuses(new TarBytes().entry("numbers-bin/one.bin", TarConstants.LF_CHR, new byte[0]), "a device");
    }

    @Test
    void aFolderThatIsALinkIsRefused() throws IOException {
        refuses(new TarBytes().link("numbers-bin", TarConstants.LF_SYMLINK, "/tmp"), "entry 'numbers-bin' is a link");
    }

    @Test
    void anotherSizeIsRefused() throws IOException {
        refuses(
                new TarBytes().file("numbers-bin/one.bin", new byte[3_001]),
                "entry 'numbers-bin/one.bin' has 3001 bytes, expected 3000");
    }

    @Test
    void anExtraFileThatIsTooLargeIsRefused() throws IOException {
        refuses(new TarBytes().file("numbers-bin/readme.html", new byte[101]), "has 101 bytes, expected at most 100");
    }

    @Test
    void otherContentIsRefused() throws IOException {
        refuses(
                new TarBytes().file("numbers-bin/one.bin", new byte[3_000]),
                "expected " + Fixture.sha256(ONE) + ", found " + Fixture.sha256(new byte[3_000]));
    }

    @Test
    void aFileThatOccursTwiceIsRefused() throws IOException {
        refuses(whole().file("numbers-bin/one.bin", ONE), "entry 'numbers-bin/one.bin' occurs twice");
    }

    @Test
    void anArchiveThatLacksFilesIsRefused() throws IOException {
        refuses(new TarBytes().file("numbers-bin/one.bin", ONE), "lacks two.bin");
    }

    @Test
    void zerosWithoutEndAreCutOff() throws IOException {
        // The name of the next entry, 40 MB long, which a reader would take into memory; some 40 kB of gzip.
        TarBytes bomb = new TarBytes().entry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME, new byte[40_000_000]);
        refuses(bomb.file("numbers-bin/one.bin", ONE), "holds more than the 1056776 bytes that it may");
    }

    @Test
    void anArchiveThatEndsInTheMiddleIsNotUnpacked() throws IOException {
        byte[] archive = whole().toBytes();
        byte[] half = Arrays.copyOf(archive, archive.length / 2);
        RemoteDataset dataset = served(half);
        assertThatThrownBy(() -> fetch(dataset))
                .isInstanceOf(DownloadException.class)
                .hasMessageContainingAll("unpack numbers.tar.gz: is damaged: ", "nothing was unpacked");
        assertThat(names(directory)).containsExactlyInAnyOrder(".lock", "numbers.tar.gz");
    }

    @Test
    void anArchiveThatIsNoneIsNotUnpacked() throws IOException {
        RemoteDataset dataset = served(ONE);
        assertThatThrownBy(() -> fetch(dataset))
                .isInstanceOf(DownloadException.class)
                .hasMessageContaining("unpack numbers.tar.gz: is damaged: Not in GZIP format");
    }
}
