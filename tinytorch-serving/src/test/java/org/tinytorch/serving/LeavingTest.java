package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
            try (RawConnection leaver = new RawConnection(server)) {
                leaver.send(RawConnection.post("/v1/generate", "{\"prompt\":\"a\",\"max_tokens\":1000}"));
                gate.let(3);
                leaver.await("event: token");
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
}
