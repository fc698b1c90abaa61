package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tinytorch.interop.ModelPackage;

/** A client that leaves while its text is being written. */
@Timeout(120)
class LeavingTest {
    @Test
    void writingStopsWithinSomeTokens() throws IOException {
        ModelPackage letters = Models.letters();
        try (ModelServer server =
                ModelServer.start("letters", letters, ServerOptions.defaults().port(0))) {
            Gate gate = Gate.on(letters.gpt().child("norm"));
            Client client = new Client(server);
            try (RawClient leaver = new RawClient(server)) {
                leaver.post("v1/generate", "{\"prompt\":\"a\",\"max_tokens\":1000}");
                gate.let(3);
                leaver.readUntil("event: token");
            }
            gate.open();
            while (client.metric("tinytorch_generations_running") != 0) {
                Thread.onSpinWait();
            }

            assertThat(client.metric("tinytorch_generated_tokens_total"))
                    .as("of 1000: a write to a connection that the client has closed may succeed once more")
                    .isBetween(1.0, 50.0);
            assertThat(client.metric("tinytorch_http_requests_in_flight"))
                    .as("this question itself")
                    .isEqualTo(1);
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsUpNobodyAndIsCut() throws IOException {
        ServerOptions options = ServerOptions.defaults()
                .port(0)
                .requests(limits -> limits.idle(Duration.ofMillis(500)))
                .generations(limits -> limits.atOnce(2).threads(1).tokens(1_000_000_000));
        try (ModelServer server = ModelServer.start("letters", Models.letters(), options)) {
            Client client = new Client(server);
            try (RawClient silent = new RawClient(server)) {
                silent.post("v1/generate", "{\"prompt\":\"a\",\"max_tokens\":1000000000,\"attention\":true}");
                while (client.metric("tinytorch_generations_running") != 1) {
                    Thread.onSpinWait();
                }
                while (client.metric("tinytorch_generations_running") == 1) {
                    assertThat(client.post("v1/generate", "{\"prompt\":\"a\",\"max_tokens\":2,\"stream\":false}")
                                    .statusCode())
                            .as("others are answered")
                            .isEqualTo(200);
                }

                assertThat(client.metric("tinytorch_generations_running")).isZero();
                assertThat(client.metric("tinytorch_http_requests_in_flight")).isEqualTo(1);
            }
        }
    }
}
