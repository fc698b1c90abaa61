package org.tinytorch.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60) // against a wait without end; nothing here takes as long
class DownloaderTest {
    private static final byte[] IMAGES = Fixture.bytes(70_000, 1);
    private static final byte[] LABELS = Fixture.bytes(700, 2);

    @TempDir
    private Path home;

    private Path directory;
    private final Heard heard = new Heard();
    private LoopbackServer server;

    @BeforeEach
    void start() throws IOException {
        directory = home.resolve("cache").resolve("numbers");
        server = new LoopbackServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private RemoteDataset both() {
        return Fixture.files(
                server.address("/data"), Fixture.file("images.gz", IMAGES), Fixture.file("labels.gz", LABELS));
    }

    private Path fetch(RemoteDataset dataset) throws IOException {
        return new Downloader(Fixture.PATIENT, heard).fetch(dataset, directory);
    }

    /** One file fails; nothing of it stays. */
    private void refuses(LoopbackServer.Reply reply, String... messages) {
        server.script(reply);
        RemoteDataset images = Fixture.files(server.address("/"), Fixture.file("images.gz", IMAGES));
        assertThatThrownBy(() -> fetch(images))
                .isInstanceOf(DownloadException.class)
                .hasMessageContaining("numbers: " + server.address("/images.gz"))
                .hasMessageContainingAll(messages)
                .hasMessageContaining("put it into " + directory.toAbsolutePath());
        assertThat(directory.resolve("images.gz")).doesNotExist();
        assertThat(directory.resolve("images.gz.part")).doesNotExist();
    }

    @Test
    void fetchesEveryFileOnce() throws IOException {
        server.script(new ServedFile(IMAGES), new ServedFile(LABELS));
        assertThat(fetch(both())).isEqualTo(directory);
        assertThat(directory.resolve("images.gz")).hasBinaryContent(IMAGES);
        assertThat(directory.resolve("labels.gz")).hasBinaryContent(LABELS);
        assertThat(server.requests())
                .extracting(LoopbackServer.Request::path)
                .containsExactly("/data/images.gz", "/data/labels.gz");

        heard.events.clear();
        assertThat(fetch(both())).isEqualTo(directory);
        assertThat(heard.events).containsExactly("there numbers");
        assertThat(server.requests()).as("nothing asked again").hasSize(2);
    }

    @Test
    void whatWasPutThereByHandIsUsed() throws IOException {
        Files.createDirectories(directory);
        Files.write(directory.resolve("images.gz"), IMAGES);
        server.script(new ServedFile(LABELS));
        fetch(both());
        assertThat(server.requests()).extracting(LoopbackServer.Request::path).containsExactly("/data/labels.gz");
    }

    @Test
    void aWrongFileOfTheUsersIsNamedAndLeftAlone() throws IOException {
        Files.createDirectories(directory);
        byte[] own = Fixture.bytes(700, 3);
        Files.write(directory.resolve("labels.gz"), own);
        assertThatThrownBy(() -> fetch(both()))
                .isInstanceOf(DownloadException.class)
                .hasMessageContainingAll(
                        directory.resolve("labels.gz")
                                + " is there, but is not the official file: expected 700 bytes, ",
                        Fixture.sha256(LABELS).toString(),
                        "found " + Fixture.sha256(own),
                        "delete it");
        assertThat(directory.resolve("labels.gz")).hasBinaryContent(own);
    }

    @Test
    void aWrongChecksumKeepsNothing() {
        byte[] other = Fixture.bytes(IMAGES.length, 9);
        refuses(
                new ServedFile(other),
                "not the official file: expected " + Fixture.sha256(IMAGES) + ", found " + Fixture.sha256(other));
        assertThat(server.requests())
                .as("it came in one piece, so once is enough")
                .hasSize(1);
    }

    @Test
    void aMissingFileIsNotAskedForAgain() {
        refuses(LoopbackServer.status("404 Not Found"), "the server answered 404", "Use a mirror");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void anotherSizeIsRefusedBeforeItArrives() {
        refuses(new ServedFile(LABELS), "the server has 700 bytes, but the official file has exactly 70000");
    }

    @Test
    void moreBytesThanThereShouldBeAreRefused() {
        refuses(
                (request, out) -> {
                    LoopbackServer.head(out, "200 OK");
                    out.write(Fixture.bytes(200_000, 4));
                },
                "the server sends more bytes, but the official file has exactly 70000");
    }

    @Test
    void aLoginPageIsNotTheFile() {
        refuses(
                (request, out) -> {
                    LoopbackServer.head(out, "200 OK", "Content-Type: text/html; charset=utf-8");
                    out.write("<p>Log in".getBytes(StandardCharsets.UTF_8));
                },
                "a web page and not the file");
    }

    @Test
    void aBusyServerIsAskedAgain() throws IOException {
        server.script(LoopbackServer.status("503 Service Unavailable"), new ServedFile(IMAGES), new ServedFile(LABELS));
        fetch(both());
        assertThat(heard.events).startsWith("again", "from 0", "to 70000");
    }

    @Test
    void aRedirectIsFollowed() throws IOException {
        RemoteDataset labels = Fixture.files(server.address("/"), Fixture.file("labels.gz", LABELS));
        server.script(
                LoopbackServer.status("302 Found", "Location: " + server.address("/elsewhere"), "Content-Length: 0"),
                new ServedFile(LABELS));
        fetch(labels);
        assertThat(server.requests())
                .extracting(LoopbackServer.Request::path)
                .containsExactly("/labels.gz", "/elsewhere");
    }

    @Test
    void whereNobodyListensTheUserLearnsWhatToDoAtOnce() throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
        }
        RemoteDataset dataset = both().from(nobody);
        assertThatThrownBy(() -> fetch(dataset))
                .isInstanceOf(DownloadException.class)
                .hasMessageContainingAll(
                        "no connection",
                        "Without a network here, fetch on another machine",
                        nobody + "images.gz (70,000 bytes, " + Fixture.sha256(IMAGES) + ")",
                        nobody + "labels.gz (700 bytes, ",
                        "put them into " + directory.toAbsolutePath());
        assertThat(heard.events).as("no second attempt").isEmpty();
    }

    @Test
    void oneDownloadAtATimeWorksInADirectory() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        RemoteDataset labels = Fixture.files(server.address("/"), Fixture.file("labels.gz", LABELS));
        server.script((request, out) -> {
            asked.countDown();
            release.await();
            new ServedFile(LABELS).send(request, out);
        });
        CompletableFuture<Path> first = CompletableFuture.supplyAsync(() -> {
            try {
                return new Downloader(Fixture.PATIENT, DownloadListener.NONE).fetch(labels, directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        asked.await();
        assertThatThrownBy(() -> fetch(labels))
                .isInstanceOf(DownloadException.class)
                .hasMessageContaining(directory + " is in use by another download");
        release.countDown();
        assertThat(first.get()).isEqualTo(directory);
        assertThat(directory.resolve("labels.gz")).hasBinaryContent(LABELS);
    }

    @Test
    void tooLittleRoomIsSaidBeforeAnythingIsFetched() {
        RemoteDataset huge =
                Fixture.files(server.address("/"), new RemoteFile("huge.gz", 1L << 60, Fixture.sha256(LABELS)));
        assertThatThrownBy(() -> fetch(huge))
                .isInstanceOf(DownloadException.class)
                .hasMessageContainingAll("takes 1,152,921,504,606,846,976 bytes more", "make room");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsNamed() throws IOException {
        Files.createDirectories(directory.getParent());
        Files.writeString(directory, "not a folder");
        assertThatThrownBy(() -> fetch(both()))
                .isInstanceOf(DownloadException.class)
                .hasMessageContaining(directory + " is not a folder and cannot become one");
    }

    @Test
    void aFolderInPlaceOfThePartIsNamed() throws IOException {
        Files.createDirectories(directory.resolve("images.gz.part").resolve("within"));
        server.script(new ServedFile(IMAGES));
        RemoteDataset images = Fixture.files(server.address("/"), Fixture.file("images.gz", IMAGES));
        assertThatThrownBy(() -> fetch(images))
                .isInstanceOf(DownloadException.class)
                .hasMessageContaining("images.gz.part cannot be written");
    }
}
