package org.tinytorch.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections that end early, stand still or give something else than was asked: what is kept, and from where it goes on. */
@Timeout(60) // against a wait without end; nothing here takes as long
class ResumeTest {
    private static final byte[] CONTENT = Fixture.bytes(100_000, 1);
    private static final byte[] OTHER = Fixture.bytes(100_000, 2);

    @TempDir
    private Path directory;

    private final Heard heard = new Heard();
    private LoopbackServer server;
    private RemoteDataset dataset;

    @BeforeEach
    void start() throws IOException {
        server = new LoopbackServer();
        dataset = Fixture.files(server.address("/"), Fixture.file("numbers.gz", CONTENT));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void fetch(Patience patience) throws IOException {
        new Downloader(patience, heard).fetch(dataset, directory);
    }

    private void fetchedWhole() throws IOException {
        fetch(Fixture.PATIENT);
        arrived();
    }

    private void arrived() {
        assertThat(directory.resolve("numbers.gz")).hasBinaryContent(CONTENT);
        assertThat(directory.resolve("numbers.gz.part")).doesNotExist();
        assertThat(directory.resolve("numbers.gz.part.source")).doesNotExist();
    }

    private void leavePart(byte[] content, int bytes) throws IOException {
        Files.write(directory.resolve("numbers.gz.part"), Arrays.copyOf(content, bytes));
    }

    private List<Integer> firstBytes() {
        return server.requests().stream().map(LoopbackServer.Request::from).toList();
    }

    @Test
    void aDroppedConnectionIsTakenUpWhereItEnded() throws IOException {
        ServedFile file = new ServedFile(CONTENT);
        server.script(file.droppedAfter(40_000), file.droppedAfter(10_000), file);
        fetchedWhole();
        assertThat(firstBytes()).containsExactly(0, 40_000, 50_000);
        assertThat(server.requests().get(1).header("if-range")).contains("\"one\"");
        assertThat(heard.events)
                .containsExactly(
                        "from 0",
                        "to 40000",
                        "again",
                        "from 40000",
                        "to 50000",
                        "again",
                        "from 50000",
                        "to 100000",
                        "verified numbers.gz");
    }

    @Test
    void aBodyThatEndsEarlyWithoutALengthIsTakenUpToo() throws IOException {
        server.script(
                (request, out) -> {
                    LoopbackServer.head(out, "200 OK");
                    out.write(CONTENT, 0, 30_000);
                },
                new ServedFile(CONTENT));
        fetchedWhole();
        assertThat(firstBytes()).containsExactly(0, 30_000);
        assertThat(server.requests().get(1).header("if-range")).isEmpty();
    }

    @Test
    void aConnectionThatGoesSilentIsGivenUpAndClosed() throws IOException, InterruptedException {
        ServedFile file = new ServedFile(CONTENT);
        server.script(file.droppedAfter(20_000).stalling(server), file);
        fetch(Fixture.HASTY);
        arrived();
        server.awaitLeft();
        assertThat(firstBytes()).containsExactly(0, 20_000);
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() {
        server.script((request, out) -> server.stall());
        Patience hasty = new Patience(Duration.ofMillis(200), Duration.ofMillis(50), 2, Duration.ZERO);
        assertThatThrownBy(() -> fetch(hasty))
                .isInstanceOf(DownloadException.class)
                .hasMessageContaining("no answer came for 0.25 s (attempt 2, the last one)");
    }

    @Test
    void afterTheLastAttemptThePartStaysForTheNextRun() throws IOException {
        ServedFile file = new ServedFile(CONTENT);
        server.script(file.droppedAfter(10_000));
        assertThatThrownBy(() -> fetch(Fixture.PATIENT))
                .isInstanceOf(DownloadException.class)
                .hasMessageContainingAll(
                        "numbers: " + server.address("/numbers.gz"),
                        "attempt 4, the last one",
                        "40,000 of 100,000 bytes are kept in " + directory.resolve("numbers.gz.part"),
                        "fetch on another machine",
                        "100,000 bytes, SHA-256",
                        "into " + directory);
        assertThat(directory.resolve("numbers.gz")).doesNotExist();
        server.script(file);
        fetchedWhole();
        assertThat(firstBytes()).containsExactly(0, 10_000, 20_000, 30_000, 40_000);
        assertThat(server.requests().get(4).header("if-range")).contains("\"one\"");
    }

    @Test
    void aServerWithoutRangesBeginsAnew() throws IOException {
        leavePart(CONTENT, 60_000);
        server.script(new ServedFile(CONTENT).withoutRanges());
        fetchedWhole();
        assertThat(heard.events).containsExactly("from 0", "to 100000", "verified numbers.gz");
    }

    @Test
    void aFileThatChangesBetweenConnectionsBeginsAnew() throws IOException {
        server.script(new ServedFile(OTHER).tagged("\"old\"").droppedAfter(50_000), new ServedFile(CONTENT));
        fetchedWhole();
        assertThat(server.requests().get(1).header("if-range")).contains("\"old\"");
        assertThat(heard.events)
                .containsExactly("from 0", "to 50000", "again", "from 0", "to 100000", "verified numbers.gz");
    }

    @Test
    void aPartOfAnotherVersionIsFoundOutByItsChecksum() throws IOException {
        leavePart(OTHER, 60_000);
        server.script(new ServedFile(CONTENT));
        fetchedWhole();
        assertThat(firstBytes()).containsExactly(60_000, 0);
    }

    @Test
    void aWholePartIsCheckedAndNotFetched() throws IOException {
        leavePart(CONTENT, CONTENT.length);
        fetchedWhole();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aWholePartOfAnotherVersionIsFetchedAnew() throws IOException {
        leavePart(OTHER, OTHER.length);
        server.script(new ServedFile(CONTENT));
        fetchedWhole();
        assertThat(firstBytes()).containsExactly(0);
    }

    @Test
    void aPartThatIsTooLongIsForgotten() throws IOException {
        Files.write(directory.resolve("numbers.gz.part"), Fixture.bytes(100_001, 3));
        server.script(new ServedFile(CONTENT));
        fetchedWhole();
        assertThat(firstBytes()).containsExactly(0);
    }

    @Test
    void aRedirectKeepsTheRange() throws IOException {
        leavePart(CONTENT, 60_000);
        server.script(
                LoopbackServer.status("302 Found", "Location: " + server.address("/elsewhere"), "Content-Length: 0"),
                new ServedFile(CONTENT));
        fetchedWhole();
        assertThat(firstBytes()).containsExactly(60_000, 60_000);
    }

    @Test
    void aServerThatHasNothingAfterThePartBeginsAnew() throws IOException {
        leavePart(OTHER, 60_000);
        server.script(LoopbackServer.status("416 Range Not Satisfiable"), new ServedFile(CONTENT));
        fetchedWhole();
        assertThat(firstBytes()).containsExactly(60_000, 0);
    }

    @Test
    void anotherRangeThanAskedForIsNotWritten() throws IOException {
        leavePart(CONTENT, 60_000);
        server.script(
                (request, out) -> {
                    LoopbackServer.head(out, "206 Partial Content", "Content-Range: bytes 0-99999/100000");
                    out.write(CONTENT);
                },
                new ServedFile(CONTENT));
        fetchedWhole();
        assertThat(firstBytes()).containsExactly(60_000, 0);
    }

    @Test
    void anInterruptEndsItAndKeepsThePart() throws IOException {
        leavePart(CONTENT, 60_000);
        server.script((request, out) -> server.stall());
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> fetch(Fixture.PATIENT))
                .isInstanceOf(InterruptedIOException.class)
                .hasMessageContaining("interrupted; start it again");
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        assertThat(directory.resolve("numbers.gz.part")).hasSize(60_000);
    }
}
