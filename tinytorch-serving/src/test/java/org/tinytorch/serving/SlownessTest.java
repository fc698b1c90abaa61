package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that take their time. */
@Timeout(120)
class SlownessTest {
    private ModelServer server;

    @BeforeEach
    void start() throws IOException {
        server = ModelServer.start(
                "digits", Models.digits(), ServerOptions.defaults().port(0).requests(limits -> limits.arrival(
                                Duration.ofMillis(300))
                        .idle(Duration.ofMillis(600))));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Sends a letter now and then until the server has had enough. */
    private static void dribble(RawClient client, String letters) throws IOException {
        try {
            for (int i = 0; i < 1_000; i++) {
                client.send(letters);
                Thread.sleep(20);
            }
        } catch (SocketException e) {
            return;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        throw new AssertionError("the server has read for 20 s");
    }

    @Test
    void aHeadThatDribblesIsCut() throws IOException {
        try (RawClient client = new RawClient(server)) {
            client.send("GET /health HTTP/1.1\r\nHost: localhost\r\nX-Long: ");
            dribble(client, "x");
        }
        assertThat(new Client(server).get("health").statusCode()).isEqualTo(200);
    }

    @Test
    void aSecondHeadThatDribblesIsCutToo() throws IOException {
        try (RawClient client = new RawClient(server)) {
            client.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
            client.readUntil("\"up\"}");
            client.send("GET /health HTTP/1.1\r\nHost: localhost\r\nX-Long: ");
            dribble(client, "x");
        }
    }

    @Test
    void requestsOneAfterTheOtherAreNotTakenForOne() throws IOException, InterruptedException {
        try (RawClient client = new RawClient(server)) {
            for (int i = 0; i < 40; i++) {
                client.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(client.readUntil("\"up\"}")).contains("200 OK");
                Thread.sleep(20);
            }
        }
    }

    @Test
    void aBodyThatDribblesIsAnsweredWith408() throws IOException {
        try (RawClient client = new RawClient(server)) {
            client.send("POST /v1/classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 5000\r\n\r\n");
            for (int i = 0; i < 10; i++) {
                client.send("[");
            }
            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 408")
                    .contains("Connection: close")
                    .contains("the request has not arrived within 300 ms");
        }
    }

    @Test
    void aBodyThatNeverComesIsAnsweredWith408() throws IOException {
        try (RawClient client = new RawClient(server)) {
            client.send("POST /v1/classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n");
            assertThat(client.readAll()).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void whoSaysNothingIsSentAway() throws IOException {
        try (RawClient client = new RawClient(server)) {
            assertThat(client.readAll()).isEmpty();
        }
    }
}
