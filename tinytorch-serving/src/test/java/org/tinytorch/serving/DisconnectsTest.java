package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.interop.ModelPackage;

/** Clients leave whenever they like, and leave nothing behind. */
class DisconnectsTest {
    private static final String CLASSIFY = RawConnection.post("/v1/classify", Client.grey(8, 8, 0.5));
    private static final String LONG_TEXT =
            RawConnection.post("/v1/generate", "{\"prompt\":\"once\",\"max_tokens\":1000000}");
    private static final String SHORT_TEXT =
            RawConnection.post("/v1/generate", "{\"prompt\":\"once\",\"max_tokens\":2,\"stream\":false}");

    private ModelServer server;

    private void start(ModelPackage pack) throws IOException {
        server = ModelServer.start(
                "model", pack, ServerOptions.defaults().port(0).generations(texts -> texts.atOnce(1)
                        .queue(4)
                        .tokens(1_000_000)));
    }

    @AfterEach
    void stop() throws InterruptedException {
        Condition.awaitIdle(server);
        server.close();
    }

    private static void leave(RawConnection client, boolean politely) throws IOException {
        if (politely) {
            client.close();
        } else {
            client.vanish();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, true",
        "0, false",
        "1, true",
        "1, false",
        "30, true",
        "30, false",
        "150, true",
        "150, false",
        "10000, true",
        "10000, false"
    })
    void inMidRequest(int sent, boolean politely) throws Exception {
        start(Models.digits());
        for (int i = 0; i < 20; i++) {
            leave(new RawConnection(server).send(CLASSIFY.substring(0, Math.min(sent, CLASSIFY.length()))), politely);
        }
        assertThat(RawConnection.ask(server, CLASSIFY).status()).isEqualTo(200);
    }

    /** The client says that nothing more comes, which is no whole body, but still listens. */
    @Test
    void aBodyThatBreaksOffIsAnswered() throws Exception {
        start(Models.digits());
        try (RawConnection client = new RawConnection(server)) {
            RawConnection.Answer answer = client.send(CLASSIFY.substring(0, CLASSIFY.length() - 5))
                    .endOutput()
                    .answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.error()).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileTheModelComputes(boolean politely) throws Exception {
        ModelPackage pack = Models.digits();
        CountDownLatch computing = new CountDownLatch(2); // the first time is the server's own, at its start
        CountDownLatch left = new CountDownLatch(1);
        pack.model().onForward((path, layer, x, y) -> {
            computing.countDown();
            if (computing.getCount() == 0) {
                uninterrupted(left);
            }
        });
        start(pack);
        RawConnection client = new RawConnection(server).send(CLASSIFY);
        computing.await();
        RawConnection waiting = new RawConnection(server).send(CLASSIFY);
        leave(client, politely);
        leave(waiting, politely);
        left.countDown();

        assertThat(RawConnection.ask(server, CLASSIFY).status()).isEqualTo(200);
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void inMidStream(boolean politely) throws Exception {
        start(Models.letters());
        RawConnection client = new RawConnection(server).send(LONG_TEXT).await("event: token");
        leave(client, politely);
        Condition.awaitIdle(server);

        double tokens = Condition.metric(server, "tinytorch_generated_tokens_total");
        assertThat(tokens).isLessThan(1_000_000);
        assertThat(RawConnection.ask(server, SHORT_TEXT).status()).isEqualTo(200);
        Condition.awaitIdle(server);
        assertThat(Condition.metric(server, "tinytorch_generated_tokens_total"))
                .as("of the two tokens, and of nobody else's")
                .isEqualTo(tokens + 2);
    }

    /** Their turns come, and pass on. */
    @Test
    void whileTheyWaitForTheirTurn() throws Exception {
        start(Models.letters());
        try (RawConnection first = new RawConnection(server).send(LONG_TEXT).await("event: token")) {
            RawConnection[] waiting = {
                new RawConnection(server).send(LONG_TEXT),
                new RawConnection(server).send(LONG_TEXT),
                new RawConnection(server).send(LONG_TEXT)
            };
            Condition.await("three wait", () -> Condition.metric(server, "tinytorch_queue_length") == 3);
            for (RawConnection client : waiting) {
                client.vanish();
            }
            first.vanish();
        }
        assertThat(RawConnection.ask(server, SHORT_TEXT).status()).isEqualTo(200);
    }

    @Test
    void manyAtOnce() throws Exception {
        start(Models.letters());
        for (int i = 0; i < 300; i++) {
            leave(new RawConnection(server).send(i % 2 == 0 ? "" : LONG_TEXT), i % 3 == 0);
        }
        Condition.awaitIdle(server);
        assertThat(RawConnection.ask(server, SHORT_TEXT).status()).isEqualTo(200);
    }
}
