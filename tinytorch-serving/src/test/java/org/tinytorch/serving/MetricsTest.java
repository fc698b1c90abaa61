package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** {@code GET /metrics}. */
class MetricsTest {
    @Test
    void whatHappenedIsCounted() throws IOException {
        try (ModelServer server = ModelServer.start(
                "letters", Models.letters(), ServerOptions.defaults().port(0))) {
            Client client = new Client(server);
            client.post("v1/generate", "{\"prompt\":\"a\",\"max_tokens\":7}");
            client.post("v1/generate", "{\"prompt\":\"a\",\"max_tokens\":5,\"stream\":false}");
            client.post("v1/generate", "{}");
            client.get("nothing/1");
            client.get("nothing/2");
            HttpResponse<String> metrics = client.get("metrics");

            assertThat(metrics.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
            assertThat(client.metric("tinytorch_http_requests_total{route=\"generate\",status=\"200\"}"))
                    .isEqualTo(2);
            assertThat(client.metric("tinytorch_http_requests_total{route=\"generate\",status=\"400\"}"))
                    .isEqualTo(1);
            assertThat(client.metric("tinytorch_http_requests_total{route=\"other\",status=\"404\"}"))
                    .as("no label says what a client makes up")
                    .isEqualTo(2);
            assertThat(client.metric("tinytorch_http_request_duration_seconds_count{route=\"generate\"}"))
                    .isEqualTo(3);
            assertThat(client.metric("tinytorch_generated_tokens_total")).isEqualTo(12);
            assertThat(client.metric("jvm_memory_used_bytes{area=\"heap\"}")).isPositive();
            assertThat(client.metric("jvm_threads_current")).isPositive();
        }
    }

    @Test
    void serversCountApart() throws IOException {
        ServerOptions options = ServerOptions.defaults().port(0);
        try (ModelServer one = ModelServer.start("digits", Models.digits(), options);
                ModelServer other = ModelServer.start("digits", Models.digits(), options)) {
            new Client(one).post("v1/classify", Client.grey(8, 8, 0));

            assertThat(new Client(one).metric("tinytorch_batch_size_count")).isEqualTo(1);
            assertThat(new Client(other).metric("tinytorch_batch_size_count")).isZero();
        }
    }
}
