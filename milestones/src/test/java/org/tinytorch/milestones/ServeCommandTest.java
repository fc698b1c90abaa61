package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tokenization.CharTokenizer;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;

/** The command line around the server, which has tests of its own. */
@Timeout(120)
class ServeCommandTest {
    @TempDir
    private static Path folder;

    private static Path letters;

    @BeforeAll
    static void write() throws IOException {
        letters = folder.resolve("letters");
        CharTokenizer tokenizer = CharTokenizer.of("abcdefghij");
        ModelPackage.languageModel(new Gpt(GptConfig.gpt2(10, 16, 1, 2, 8), new Generator(1)), tokenizer)
                .write(letters);
    }

    private static MilestoneRun run(String... arguments) {
        return MilestoneRun.of(ServeCommand.commandLine(), arguments);
    }

    @Test
    void helpTellsTheLimitsAndThatThereIsNoPassword() {
        MilestoneRun run = run("--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("Usage: serve", "--port", "--host", "--threads", "--max-batch", "--queue", "--grace")
                .contains("no authentication and no TLS")
                .contains("./tito serve packages/digits");
    }

    @Test
    void aPackageThatIsNotThereIsNamed() {
        MilestoneRun run = run(folder.resolve("none").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("serve: ").contains("none");
    }

    @ParameterizedTest
    @CsvSource({
        "--port, 70000, there is no port 70000",
        "--port, eighty, eighty",
        "--max-batch, 0, the size of a batch is 0",
        "--queue, 0, the queue of images is 0",
        "--idle-timeout, 0, be silent is 0 ms",
        "--threads, 0, --threads is 0",
        "--host-name, a/b, 'a/b' is no host name"
    })
    void anOptionOutOfRangeIsBadUsage(String option, String value, String message) {
        MilestoneRun run = run(letters.toString(), option, value);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            MilestoneRun run = run(letters.toString(), "--port", Integer.toString(taken.getLocalPort()));

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err())
                    .startsWith("serve: ")
                    .contains("port " + taken.getLocalPort() + " of 127.0.0.1 cannot be listened at")
                    .contains("choose another port");
        }
    }

    @Test
    void aModelIsCalledAsItsFile() {
        assertThat(ServeCommand.name(Path.of("packages/digits"))).isEqualTo("digits");
        assertThat(ServeCommand.name(Path.of("packages/digits.zip"))).isEqualTo("digits");
        assertThat(ServeCommand.name(Path.of("packages/digits/."))).isEqualTo("digits");
        assertThat(ServeCommand.name(Path.of("/"))).isEqualTo("model");
    }

    /** The first lines of a server's own process, and its end by a signal in the midst of a text. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aSignalLetsTheTextBeFinished() throws IOException, InterruptedException {
        try (ServeProcess served = ServeProcess.start(letters, "--max-tokens=1000000", "--grace=1")) {
            URI server = served.uri();
            CompletableFuture<HttpResponse<String>> text = HttpClient.newHttpClient()
                    .sendAsync(
                            HttpRequest.newBuilder(server.resolve("v1/generate"))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString("{\"prompt\":\"a\",\"max_tokens\":1000000}"))
                                    .build(),
                            BodyHandlers.ofString());
            while (!served.metrics().contains("tinytorch_generations_running 1.0")) {
                Thread.onSpinWait();
            }
            served.process().destroy();

            assertThat(served.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(served.process().exitValue())
                    .as("as is usual for SIGTERM")
                    .isEqualTo(143);
            assertThat(text.join().body())
                    .as("it has its time, and then is told why it ends")
                    .contains("event: token")
                    .endsWith("event: error\n"
                            + "data: {\"error\":\"the server is stopping; ask another one, or later\"}\n\n");
            assertThat(served.greeting().get(0)).isEqualTo("letters: language-model, 1,096 parameters.");
            assertThat(served.greeting().get(2)).startsWith("Try:      curl -N " + server + "v1/generate ");
            assertThat(served.greeting().get(3)).isEqualTo("Ctrl-C stops the server.");
        }
    }
}
