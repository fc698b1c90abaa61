package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.data.download.Datasets;
import org.tinytorch.data.download.RemoteDataset;
import org.tinytorch.data.download.RemoteFile;

/** The command line around the downloader, which has tests of its own. */
class DownloadCommandTest {
    private static final RemoteFile FILE = Datasets.MNIST.downloads().get(1);

    @TempDir
    private Path folder;

    private HttpServer server;
    private String mirror;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        mirror = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static MilestoneRun run(String... arguments) {
        return MilestoneRun.of(DownloadCommand.commandLine(), arguments);
    }

    @Test
    void helpSaysWhatIsFetchedFromWhereAndWhereItGoes() {
        MilestoneRun run = run("--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("Usage: download", "~/.cache/tinytorch/NAME", "$XDG_CACHE_HOME", "tinytorch.cache");
        for (RemoteDataset dataset : Datasets.all()) {
            assertThat(run.out())
                    .contains(dataset.name() + ": ", dataset.address().toString())
                    .contains(dataset.terms().substring(0, 20));
            for (RemoteFile file : dataset.downloads()) {
                assertThat(run.out())
                        .contains(file.name())
                        .contains(file.checksum().toString());
            }
        }
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        MilestoneRun run = run("imagenet");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("no data set is called 'imagenet'; choose one of cifar10, mnist, fashion-mnist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///data", "mirror/data"})
    void anAddressThatNothingCanBeFetchedFromIsBadUsage(String url) {
        MilestoneRun run = run("mnist", "--url", url, "--to", folder.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--url: data set mnist: '" + url + "' is not an address");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aMirrorWithoutTheFilesIsNamedWithWhatToDo() {
        MilestoneRun run = run("mnist", "--url", mirror, "--to", folder.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("download: mnist: " + mirror + "train-images-idx3-ubyte.gz: the server answered 404")
                .contains("fetch on another machine")
                .contains(mirror + "t10k-labels-idx1-ubyte.gz (4,542 bytes, SHA-256 f7ae60f9")
                .contains("put them into " + folder.toAbsolutePath());
    }

    @Test
    void aFileOfTheUsersThatIsNotTheOfficialOneIsNamed() throws IOException {
        Files.writeString(folder.resolve(FILE.name()), "mine");
        MilestoneRun run = run("mnist", "--url", mirror, "--to", folder.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(folder.resolve(FILE.name()) + " is there, but is not the official file");
    }

    @Test
    void withoutATerminalThereAreLinesForTenths() {
        StringWriter text = new StringWriter();
        DownloadLines lines = new DownloadLines(new PrintWriter(text));
        lines.receiving(FILE, 10_000);
        lines.received(FILE, 11_000);
        lines.received(FILE, 12_000);
        lines.retrying(FILE, "the connection broke", Duration.ofSeconds(2));
        lines.receiving(FILE, 12_000);
        lines.received(FILE, 28_881);
        lines.verified(FILE);

        assertThat(text.toString().lines())
                .containsExactly(
                        "train-labels-idx1-ubyte.gz: 28,881 bytes, going on after 10,000",
                        "  40 %",
                        "  the connection broke; trying again in 2 s",
                        "train-labels-idx1-ubyte.gz: 28,881 bytes, going on after 12,000",
                        "  100 %",
                        "  train-labels-idx1-ubyte.gz: the checksum is right");
    }

    @Test
    void onATerminalThereIsABar() {
        StringWriter text = new StringWriter();
        try (DownloadBars bars = new DownloadBars(new PrintWriter(text))) {
            bars.receiving(FILE, 0);
            bars.received(FILE, FILE.bytes());
            bars.verified(FILE);
        }

        assertThat(text.toString())
                .contains("\rtrain-labels-idx1-ubyte.gz 100% [=")
                .contains("28/28kB")
                .endsWith("the checksum is right" + System.lineSeparator());
        assertThat(text.toString().split("[\r\n]+"))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(79));
    }
}
