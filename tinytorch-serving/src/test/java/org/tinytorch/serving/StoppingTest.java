package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tinytorch.interop.ModelPackage;

/** The end of a server. */
@Timeout(120)
class StoppingTest {
    private static CompletableFuture<Void> closeLater(ModelServer server, Client client) {
        CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
        while (client.get("health").statusCode() != 503) {
            Thread.onSpinWait();
        }
        return closing;
    }

    @Test
    void whatWasBegunIsFinishedAndNewWorkIsRefused() throws IOException {
        ModelPackage letters = Models.letters();
        ModelServer server = ModelServer.start(
                "letters", letters, ServerOptions.defaults().port(0).grace(Duration.ofSeconds(60)));
        Gate gate = Gate.on(letters.gpt().child("norm"));
        Client client = new Client(server);
        CompletableFuture<HttpResponse<String>> text =
                client.postLater("v1/generate", "{\"prompt\":\"a\",\"max_tokens\":5}");
        gate.awaitArrival();
        CompletableFuture<Void> closing = closeLater(server, client);
        HttpResponse<String> refused = client.post("v1/generate", "{\"prompt\":\"a\"}");
        HttpResponse<String> health = client.get("health");
        HttpResponse<String> metrics = client.get("metrics");
        gate.open();
        closing.join();

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("the server is stopping");
        assertThat(health.body()).isEqualTo("{\"status\":\"stopping\"}");
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(Event.last(Event.all(text.join().body())).name()).isEqualTo("done");
        assertThatThrownBy(() -> client.get("health")).hasCauseInstanceOf(ConnectException.class);
    }

    @Test
    void whatDoesNotEndInTimeIsCutWithAnError() throws IOException {
        ModelPackage letters = Models.letters();
        ServerOptions options = ServerOptions.defaults()
                .port(0)
                .grace(Duration.ofMillis(100))
                .generations(limits -> limits.atOnce(2).tokens(100_000_000));
        ModelServer server = ModelServer.start("letters", letters, options);
        Client client = new Client(server);
        Gate gate = Gate.on(letters.gpt().child("norm"));
        CompletableFuture<HttpResponse<String>> text =
                client.postLater("v1/generate", "{\"prompt\":\"a\",\"max_tokens\":100000000}");
        gate.awaitArrival();
        gate.open();
        CompletableFuture<HttpResponse<String>> whole =
                client.postLater("v1/generate", "{\"prompt\":\"a\",\"max_tokens\":100000000,\"stream\":false}");
        while (client.metric("tinytorch_generations_running") != 2) {
            Thread.onSpinWait();
        }
        CompletableFuture<HttpResponse<String>> waiting = client.postLater("v1/generate", "{\"prompt\":\"a\"}");
        while (client.metric("tinytorch_queue_length") != 1) {
            Thread.onSpinWait();
        }
        server.close();

        List<Event> events = Event.all(text.join().body());
        assertThat(Event.last(events).name()).isEqualTo("error");
        assertThat(Event.last(events).data().path("error").asText()).contains("the server is stopping");
        assertThat(Event.tokens(events)).isNotEmpty();
        assertThat(whole.join().statusCode()).isEqualTo(503);
        assertThat(waiting.join().statusCode()).isEqualTo(503);
    }

    @Test
    void imagesThatWaitAreRefusedAtTheEnd() throws IOException {
        ModelPackage digits = Models.digits();
        ModelServer server = ModelServer.start(
                "digits", digits, ServerOptions.defaults().port(0).grace(Duration.ZERO));
        Gate gate = Gate.on(digits.model());
        Client client = new Client(server);
        CompletableFuture<HttpResponse<String>> begun = client.postLater("v1/classify", Client.grey(8, 8, 0));
        gate.awaitArrival();
        CompletableFuture<HttpResponse<String>> waiting = client.postLater("v1/classify", Client.grey(8, 8, 0));
        while (client.metric("tinytorch_queue_length") != 1) {
            Thread.onSpinWait();
        }
        CompletableFuture<Void> closing = closeLater(server, client);
        gate.open();
        closing.join();

        assertThat(begun.join().statusCode()).isEqualTo(200);
        assertThat(waiting.join().statusCode()).isEqualTo(503);
    }

    @Test
    void nothingIsLeftBehind() throws IOException, InterruptedException {
        ModelServer server = ModelServer.start(
                "letters", Models.letters(), ServerOptions.defaults().port(0));
        Client client = new Client(server);
        client.post("v1/generate", "{\"prompt\":\"a\",\"max_tokens\":5}");
        String port = Integer.toString(server.uri().getPort());
        server.close();
        server.close();

        List<Thread> left = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("tinytorch-http")
                        || thread.getName().startsWith("tinytorch-writer"))
                .toList();
        for (Thread thread : left) {
            thread.join(30_000);
        }
        assertThat(left).as("threads of the server at port " + port).noneMatch(Thread::isAlive);
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (ModelServer server = ModelServer.start(
                "digits", Models.digits(), ServerOptions.defaults().port(0))) {
            int port = server.uri().getPort();

            assertThatThrownBy(() -> ModelServer.start(
                            "digits", Models.digits(), ServerOptions.defaults().port(port)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("server: port " + port + " of 127.0.0.1 cannot be listened at")
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNamed() {
        assertThatThrownBy(() -> ModelServer.start(
                        "digits",
                        Models.digits(),
                        ServerOptions.defaults().port(0).host("192.0.2.1")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("192.0.2.1");
    }
}
