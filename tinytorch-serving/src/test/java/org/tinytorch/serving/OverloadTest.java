package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.nn.Layer;

/** More requests at once than the queue holds: the excess is told to come back, the others are answered, and none is lost. */
class OverloadTest {
    private static final int CLIENTS = 40;
    private static final int QUEUE = 4;

    private final AtomicBoolean stuck = new AtomicBoolean();
    private final Semaphore entered = new Semaphore(0);
    private final CountDownLatch release = new CountDownLatch(1);
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS + 1);

    @AfterEach
    void end() {
        release.countDown();
        clients.shutdown();
    }

    /** From {@link #stuck} on, a layer computes no further until {@link #release}. */
    private void holdUp(Layer layer) {
        layer.onForward((path, self, x, y) -> {
            if (stuck.get()) {
                entered.release();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
    }

    private Future<RawConnection.Answer> ask(ModelServer server, String request) {
        return clients.submit(() -> RawConnection.ask(server, request));
    }

    private void checkBurst(ModelServer server, String request) throws Exception {
        assertThat(RawConnection.ask(server, request).status()).isEqualTo(200);
        stuck.set(true);
        Future<RawConnection.Answer> first = ask(server, request);
        entered.acquire(); // it is computed, and waits no more

        List<Future<RawConnection.Answer>> burst = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            burst.add(ask(server, request));
        }
        Condition.await("all but a queue are refused", () -> done(burst).size() == CLIENTS - QUEUE);
        for (Future<RawConnection.Answer> refused : done(burst)) {
            assertThat(refused.get().status()).isEqualTo(429);
            assertThat(refused.get().headers()).containsEntry("retry-after", "1");
            assertThat(refused.get().error()).contains("try again");
        }
        assertThat(Condition.metric(server, "tinytorch_queue_length")).isEqualTo(QUEUE);
        assertThat(RawConnection.ask(server, RawConnection.get("/health")).status())
                .as("others are answered meanwhile")
                .isEqualTo(200);

        stuck.set(false);
        release.countDown();
        assertThat(first.get().status()).isEqualTo(200);
        List<Integer> statuses = new ArrayList<>();
        for (Future<RawConnection.Answer> asked : burst) {
            statuses.add(asked.get().status());
        }
        assertThat(statuses)
                .containsOnly(200, 429)
                .filteredOn(status -> status == 200)
                .hasSize(QUEUE);
        Condition.awaitIdle(server);
        assertThat(Condition.metric(server, "tinytorch_requests_refused_total{reason=\"queue_full\"}"))
                .isEqualTo(CLIENTS - QUEUE);
    }

    private static List<Future<RawConnection.Answer>> done(List<Future<RawConnection.Answer>> asked) {
        return asked.stream().filter(Future::isDone).toList();
    }

    @Test
    void ofImages() throws Exception {
        ModelPackage pack = Models.digits();
        holdUp(pack.model());
        try (ModelServer server = ModelServer.start(
                "digits", pack, ServerOptions.defaults().port(0).batches(batches -> batches.size(1)
                        .queue(QUEUE)))) {
            checkBurst(server, RawConnection.post("/v1/classify", Client.grey(8, 8, 0.5)));
        }
    }

    @Test
    void ofTexts() throws Exception {
        ModelPackage pack = Models.letters();
        holdUp(pack.gpt().child("norm"));
        try (ModelServer server = ModelServer.start(
                "letters", pack, ServerOptions.defaults().port(0).generations(texts -> texts.atOnce(1)
                        .queue(QUEUE)))) {
            checkBurst(
                    server, RawConnection.post("/v1/generate", "{\"prompt\":\"once\",\"max_tokens\":3,\"stream\":false}"));
        }
    }

    /** A client is told so on the connection that it keeps, and can ask again there. */
    @Test
    void aRefusalKeepsTheConnection() throws Exception {
        ModelPackage pack = Models.digits();
        holdUp(pack.model());
        String request = RawConnection.post("/v1/classify", Client.grey(8, 8, 0.5));
        try (ModelServer server = ModelServer.start(
                        "digits", pack, ServerOptions.defaults().port(0).batches(batches -> batches.size(1)
                                .queue(1)));
                RawConnection kept = new RawConnection(server)) {
            stuck.set(true);
            Future<RawConnection.Answer> computed = ask(server, request);
            entered.acquire();
            Future<RawConnection.Answer> waiting = ask(server, request);
            Condition.await("it waits", () -> Condition.metric(server, "tinytorch_queue_length") == 1);
            assertThat(kept.send(request).answer().status()).isEqualTo(429);
            stuck.set(false);
            release.countDown();
            assertThat(computed.get().status()).isEqualTo(200);
            assertThat(waiting.get().status()).isEqualTo(200);
            assertThat(kept.send(request).answer().status()).isEqualTo(200);
        }
    }

    /** More connections than the server has threads, each with requests one after the other. */
    @Test
    void manyClientsThatWaitForTheirAnswersAreAllAnswered() throws Exception {
        try (ModelServer server = ModelServer.start(
                "digits", Models.digits(), ServerOptions.defaults().port(0))) {
            List<Future<Integer>> answered = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                answered.add(clients.submit(() -> askOften(server)));
            }
            for (Future<Integer> client : answered) {
                assertThat(client.get()).isEqualTo(50);
            }
            assertThat(Condition.metric(server, "tinytorch_http_requests_total{route=\"classify\",status=\"200\"}"))
                    .isEqualTo(50 * CLIENTS);
        }
    }

    private static int askOften(ModelServer server) throws IOException {
        int answered = 0;
        try (RawConnection client = new RawConnection(server)) {
            for (int i = 0; i < 50; i++) {
                String request = RawConnection.post("/v1/classify", Client.grey(8, 8, i / 50.0));
                answered += client.send(request).answer().status() == 200 ? 1 : 0;
            }
        }
        return answered;
    }
}
