package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.interop.ModelPackage;

/** Who takes his time is cut off, and holds up nobody else. */
class SlowClientsTest {
    private static final String IMAGE = Client.grey(8, 8, 0.5);
    private static final String CLASSIFY = RawConnection.post("/v1/classify", IMAGE);
    private static final String SLOW = "HTTP/1\\.1 408 (?s).*\\{\"error\":\".*\"}";

    private ModelServer server;

    @BeforeEach
    void start() throws IOException {
        server = start(Models.digits(), ServerOptions.defaults());
    }

    private static ModelServer start(ModelPackage pack, ServerOptions options) throws IOException {
        return ModelServer.start(
                "model", pack, options.port(0).requests(requests -> requests.arrival(Duration.ofMillis(300))
                        .idle(Duration.ofMillis(600))));
    }

    @AfterEach
    void stop() throws InterruptedException {
        Condition.awaitIdle(server);
        server.close();
    }

    /** Sends a character now and then, never so late that the connection would be silent, until the server has had enough. */
    private static String dribble(ModelServer server, String begin, String piece) throws Exception {
        try (RawConnection client = new RawConnection(server)) {
            client.send(begin);
            Thread slow = new Thread(() -> {
                try {
                    while (true) {
                        client.send(piece);
                        Thread.sleep(20);
                    }
                } catch (IOException | InterruptedException e) {
                    // cut off
                }
            });
            slow.start();
            try {
                return client.rest();
            } finally {
                slow.interrupt();
                slow.join();
            }
        }
    }

    @Test
    void aHeadThatDribblesIsCut() throws Exception {
        assertThat(dribble(server, "GET /health HTTP/1.1\r\nHost: localhost\r\nX: ", "a"))
                .matches("|" + SLOW);
    }

    @Test
    void aRequestLineThatDribblesIsCut() throws Exception {
        assertThat(dribble(server, "GET /", "a")).matches("|" + SLOW);
    }

    @Test
    void aBodyThatDribblesIsAnsweredWith408() throws Exception {
        assertThat(dribble(server, RawConnection.head("/v1/classify", 100_000) + "\r\n", " "))
                .matches(SLOW)
                .contains("Connection: close");
    }

    @Test
    void aBodyThatDribblesInChunksIsAnsweredWith408() throws Exception {
        assertThat(dribble(
                        server,
                        "POST /v1/classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n",
                        "1\r\n \r\n"))
                .matches(SLOW);
    }

    /** What nobody waits for may dribble, too: the answer is there at once. */
    @Test
    void aBodyThatIsOfNoUseIsNotWaitedFor() throws Exception {
        assertThat(dribble(server, RawConnection.head("/nowhere", 100_000) + "\r\n", " "))
                .startsWith("HTTP/1.1 404 ");
    }

    @Test
    void whoSaysNothingIsCut() throws IOException {
        try (RawConnection client = new RawConnection(server)) {
            assertThat(client.rest()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"P", "POST /v1/classify HTTP/1.1\r\n", "POST /v1/classify HTTP/1.1\r\nHost: local"})
    void halfAHeadIsCut(String half) throws IOException {
        try (RawConnection client = new RawConnection(server)) {
            assertThat(client.send(half).rest()).matches("|" + SLOW);
        }
    }

    @Test
    void halfABodyIsAnsweredWith408() throws IOException {
        try (RawConnection client = new RawConnection(server)) {
            assertThat(client.send(CLASSIFY.substring(0, CLASSIFY.length() - 5)).rest())
                    .matches(SLOW);
        }
    }

    @Test
    void afterAnAnswerAConnectionMayRestForAWhile() throws Exception {
        try (RawConnection client = new RawConnection(server)) {
            assertThat(client.send(CLASSIFY).answer().status()).isEqualTo(200);
            Thread.sleep(400); // longer than a request may take to arrive, which this one has not begun to do
            assertThat(client.send(CLASSIFY).answer().status()).isEqualTo(200);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void othersAreAnsweredMeanwhile() throws Exception {
        List<RawConnection> slow = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            slow.add(new RawConnection(server).send(i % 3 == 0 ? "" : CLASSIFY.substring(0, i % 3 == 1 ? 10 : 200)));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(RawConnection.ask(server, CLASSIFY).status()).isEqualTo(200);
        }
        for (RawConnection client : slow) {
            assertThat(client.rest()).matches("|" + SLOW);
            client.close();
        }
    }

    /** Silent clients take all places; who comes later waits until they are cut. */
    @Test
    void placesThatAreHeldInSilenceBecomeFree() throws Exception {
        try (ModelServer small = start(Models.digits(), ServerOptions.defaults().connections(4))) {
            List<RawConnection> silent = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                silent.add(new RawConnection(small));
            }
            Condition.await("a place has become free", () -> isAnswered(small));
            for (RawConnection client : silent) {
                assertThat(client.rest()).isEmpty();
                client.close();
            }
            Condition.awaitIdle(small);
        }
    }

    private static boolean isAnswered(ModelServer server) {
        try {
            return RawConnection.ask(server, CLASSIFY).status() == 200;
        } catch (IOException e) {
            return false; // turned away: there is no place yet
        }
    }

    /** Its text would go on for very long, and nobody else could have one meanwhile. */
    @Test
    void aReaderThatStopsLosesItsTextToTheNextOne() throws Exception {
        try (ModelServer writer =
                        start(Models.letters(), ServerOptions.defaults().generations(texts -> texts.atOnce(1)
                                .queue(1)
                                .tokens(1_000_000)));
                RawConnection stopped = new RawConnection(writer, 2048)) {
            stopped.send(RawConnection.post(
                            "/v1/generate", "{\"prompt\":\"once\",\"max_tokens\":1000000,\"attention\":true}"))
                    .await("event: token");

            RawConnection.Answer next = RawConnection.ask(
                    writer,
                    RawConnection.post("/v1/generate", "{\"prompt\":\"once\",\"max_tokens\":2,\"stream\":false}"));

            assertThat(next.status()).isEqualTo(200);
            Condition.awaitIdle(writer);
            assertThat(Condition.metric(writer, "tinytorch_generated_tokens_total"))
                    .isLessThan(1_000_000);
            assertThat(stopped.rest()).doesNotContain("event: done");
        }
    }
}
