package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.nn.ForwardHook;

/** More requests than the model can answer at once. */
@Timeout(120)
class QueueTest {
    private static final ServerOptions OPTIONS =
            ServerOptions.defaults().port(0).grace(Duration.ofMillis(100));

    private static void await(Client client, String metric, double value) {
        while (client.metric(metric) != value) {
            Thread.onSpinWait();
        }
    }

    @Test
    void imagesThatWaitAreClassifiedTogether() throws IOException {
        ModelPackage digits = Models.digits();
        try (ModelServer server = ModelServer.start("digits", digits, OPTIONS)) {
            Gate gate = Gate.on(digits.model());
            Client client = new Client(server);
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            answers.add(client.postLater("v1/classify", Client.grey(8, 8, 0)));
            gate.awaitArrival();
            for (int i = 1; i <= 20; i++) {
                answers.add(client.postLater("v1/classify", Client.grey(8, 8, i / 20.0)));
            }
            await(client, "tinytorch_queue_length", 20);
            gate.open();

            for (int i = 0; i <= 20; i++) {
                JsonNode together = Client.json(answers.get(i).join());
                JsonNode alone = Client.json(client.post("v1/classify", Client.grey(8, 8, i / 20.0)));
                assertThat(together.path("label")).isEqualTo(alone.path("label"));
                for (int c = 0; c < 10; c++) {
                    assertThat(together.path("probabilities").path(c).asDouble())
                            .isCloseTo(alone.path("probabilities").path(c).asDouble(), within(1e-12));
                }
            }
            assertThat(client.metric("tinytorch_batch_size_count"))
                    .as("2 batches, and 21 images alone")
                    .isEqualTo(23);
            assertThat(client.metric("tinytorch_batch_size_sum")).isEqualTo(42);
        }
    }

    @Test
    void aFullQueueOfImagesIsToldToWait() throws IOException {
        ModelPackage digits = Models.digits();
        try (ModelServer server = ModelServer.start("digits", digits, OPTIONS.batches(limits -> limits.queue(2)))) {
            Gate gate = Gate.on(digits.model());
            Client client = new Client(server);
            String image = Client.grey(8, 8, 0);
            List<CompletableFuture<HttpResponse<String>>> answers =
                    new ArrayList<>(List.of(client.postLater("v1/classify", image)));
            gate.awaitArrival();
            answers.add(client.postLater("v1/classify", image));
            answers.add(client.postLater("v1/classify", image));
            await(client, "tinytorch_queue_length", 2);
            HttpResponse<String> refused = client.post("v1/classify", image);
            gate.open();

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(refused.body()).contains("2 images are waiting already; try again in a second");
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
            assertThat(client.metric("tinytorch_requests_refused_total{reason=\"queue_full\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aFullQueueOfTextsIsToldToWaitAndEachGetsItsTurn() throws IOException {
        ModelPackage letters = Models.letters();
        ServerOptions options = OPTIONS.generations(limits -> limits.atOnce(1).queue(1));
        try (ModelServer server = ModelServer.start("letters", letters, options)) {
            Gate gate = Gate.on(letters.gpt().child("norm"));
            Client client = new Client(server);
            String request = "{\"prompt\":\"a\",\"max_tokens\":5}";
            CompletableFuture<HttpResponse<String>> first = client.postLater("v1/generate", request);
            gate.awaitArrival();
            CompletableFuture<HttpResponse<String>> second = client.postLater("v1/generate", request);
            await(client, "tinytorch_queue_length", 1);
            HttpResponse<String> refused = client.post("v1/generate", request);
            assertThat(client.metric("tinytorch_generations_running")).isEqualTo(1);
            gate.open();

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(refused.body()).contains("1 texts are being written and 1 wait already");
            assertThat(Event.last(Event.all(first.join().body())).name()).isEqualTo("done");
            assertThat(Event.last(Event.all(second.join().body())).name()).isEqualTo("done");
            await(client, "tinytorch_generations_running", 0);
        }
    }

    @Test
    void whoWaitsTooLongIsTold() throws IOException {
        ModelPackage letters = Models.letters();
        ServerOptions options = OPTIONS.generations(limits -> limits.atOnce(1))
                .requests(limits -> limits.answer(Duration.ofMillis(200)).idle(Duration.ofMillis(100)));
        try (ModelServer server = ModelServer.start("letters", letters, options)) {
            Gate gate = Gate.on(letters.gpt().child("norm"));
            Client client = new Client(server);
            String request = "{\"prompt\":\"a\",\"max_tokens\":2}";
            CompletableFuture<HttpResponse<String>> first = client.postLater("v1/generate", request);
            gate.awaitArrival();
            HttpResponse<String> late = client.post("v1/generate", request);

            assertThat(late.statusCode()).isEqualTo(503);
            assertThat(late.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(Client.json(late).path("error").asText()).contains("too much to do");
            assertThat(client.metric("tinytorch_queue_length")).isZero();
            gate.open();
            assertThat(Event.tokens(Event.all(first.join().body())))
                    .as("silence of the server itself, while it computes, ends no connection")
                    .hasSize(2);
        }
    }

    @Test
    void anImageThatTakesTooLongIsAnsweredAndTheNextIsClassified() throws IOException {
        ModelPackage digits = Models.digits();
        ServerOptions options =
                OPTIONS.requests(limits -> limits.answer(Duration.ofMillis(200)).idle(Duration.ofMillis(100)));
        try (ModelServer server = ModelServer.start("digits", digits, options)) {
            Gate gate = Gate.on(digits.model());
            Client client = new Client(server);
            HttpResponse<String> late = client.post("v1/classify", Client.grey(8, 8, 0));
            gate.open();

            assertThat(late.statusCode()).isEqualTo(503);
            assertThat(new Client(server) // the other connection may just be at the end of its time of silence
                            .post("v1/classify", Client.grey(8, 8, 0))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aModelThatFailsIsAnErrorOfItsOwnRequestOnly() throws IOException {
        ModelPackage digits = Models.digits();
        try (ModelServer server = ModelServer.start("digits", digits, OPTIONS)) {
            Client client = new Client(server);
            HttpResponse<String> failed;
            try (ForwardHook.Handle hook = digits.model().onForward((path, watched, input, output) -> {
                throw new IllegalStateException("out of order");
            })) {
                failed = client.post("v1/classify", Client.grey(8, 8, 0));
            }

            assertThat(failed.statusCode()).isEqualTo(500);
            assertThat(Client.json(failed).path("error").asText())
                    .doesNotContain("out of order")
                    .contains("log");
            assertThat(client.post("v1/classify", Client.grey(8, 8, 0)).statusCode())
                    .isEqualTo(200);
        }
    }
}
