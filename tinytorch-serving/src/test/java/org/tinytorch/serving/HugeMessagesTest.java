package org.tinytorch.serving;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is too large is refused before it has come, and what follows on its connection is not taken for a request. */
class HugeMessagesTest {
    private static final int LIMIT = 2000;

    private ModelServer server;

    @BeforeEach
    void start() throws IOException {
        server = ModelServer.start(
                "digits",
                Models.digits(),
                ServerOptions.defaults().port(0).requests(requests -> requests.bodyBytes(LIMIT)));
    }

    @AfterEach
    void stop() throws Exception {
        Condition.awaitIdle(server);
        assertThat(RawConnection.ask(server, RawConnection.post("/v1/classify", Client.grey(8, 8, 0.5)))
                        .status())
                .as("the server goes on")
                .isEqualTo(200);
        server.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {LIMIT + 1, 1L << 31, 1L << 40, Long.MAX_VALUE})
    void aBodyThatIsDeclaredTooLargeIsRefusedUnread(long length) throws IOException {
        try (RawConnection client = new RawConnection(server)) {
            RawConnection.Answer answer =
                    client.send(RawConnection.head("/v1/classify", length) + "\r\n").answer();

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.error()).contains("at most " + LIMIT + " bytes");
            assertThat(answer.headers()).containsEntry("connection", "close");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void nobodyIsAskedToGoOnWithABodyThatIsTooLarge() throws IOException {
        RawConnection.Answer answer =
                RawConnection.ask(server, RawConnection.head("/v1/classify", LIMIT + 1) + "Expect: 100-continue\r\n\r\n");

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void theLargestBodyIsTaken() throws IOException {
        String image = Client.grey(8, 8, 0.5);
        String padded = image + " ".repeat(LIMIT - image.length());

        assertThat(RawConnection.ask(server, RawConnection.post("/v1/classify", padded)).status())
                .isEqualTo(200);
        assertThat(RawConnection.ask(server, RawConnection.post("/v1/classify", padded + " "))
                        .status())
                .isEqualTo(413);
    }

    /** The chunk that goes beyond the limit is the last that is sent: the body never ends. */
    @Test
    void aBodyWithoutLengthIsRefusedAsSoonAsItIsTooLarge() throws IOException {
        try (RawConnection client = new RawConnection(server)) {
            client.send("POST /v1/classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n");
            for (int sent = 0; sent <= LIMIT; sent += 100) {
                client.send("64\r\n" + " ".repeat(100) + "\r\n");
            }
            RawConnection.Answer answer = client.answer();

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.error()).contains("at most " + LIMIT + " bytes");
            assertThat(client.rest()).isEmpty();
        }
    }

    /** Who sends on and on gets no more than an answer, however much it is. */
    @Test
    void aBodyWithoutEndIsCut() throws IOException {
        try (RawConnection client = new RawConnection(server)) {
            client.send("POST /v1/classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n");
            byte[] chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(US_ASCII);
            boolean cut = false;
            for (int sent = 0; sent < 1024 && !cut; sent++) {
                try {
                    client.send(chunk);
                } catch (IOException e) {
                    cut = true;
                }
            }
            assertThat(cut).as("64 MiB are not taken").isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+1", "1e3", "0x10", "", "7, 8", "99999999999999999999", "7 7"})
    void aLengthThatIsNoneIsRefused(String length) throws IOException {
        try (RawConnection client = new RawConnection(server)) {
            client.send(
                    "POST /v1/classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                            + length + "\r\n\r\n");
            RawConnection.Answer answer = client.answer();

            assertThat(answer.status()).isBetween(400, 499);
            assertThat(answer.error()).isNotBlank();
            assertThat(client.rest()).isEmpty();
        }
    }

    /** Two servers in a row could take two different ends of such a body, and the rest for a request (RFC 9112, section 6.3). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2\r\nContent-Length: 3\r\n",
                "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding: gzip\r\n"
            })
    void aBodyWithTwoEndsIsRefused(String headers) throws IOException {
        try (RawConnection client = new RawConnection(server)) {
            client.send("POST /v1/classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                    + "\r\n{}");
            RawConnection.Answer answer = client.answer();

            assertThat(answer.status()).isBetween(400, 501);
            assertThat(answer.status()).isNotEqualTo(500);
            assertThat(answer.error()).isNotBlank();
            assertThat(client.rest()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\n", "-1\r\n", "ffffffffffffffff\r\n", "2\r\n{}2\r\n", ";\r\n"})
    void aChunkThatIsNoneIsRefused(String chunk) throws IOException {
        try (RawConnection client = new RawConnection(server)) {
            client.send("POST /v1/classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n" + chunk);
            RawConnection.Answer answer = client.answer();

            assertThat(answer.status()).isBetween(400, 499);
            assertThat(answer.error()).isNotBlank();
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void aHeadThatIsTooLargeIsRefused() throws IOException {
        for (String request : new String[] {
            "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(100_000) + "\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: localhost\r\n" + "X: a\r\n".repeat(20_000) + "\r\n"
        }) {
            try (RawConnection client = new RawConnection(server)) {
                String answer = client.send(request).rest();
                // A client that is still sending may lose the answer to a reset.
                assertThat(answer).matches("(?s)|HTTP/1\\.1 (414|431) .*\\{\"error\":\".*");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\nx\r\n\r\n",
                "GET\r\n\r\n",
                "GET /health\r\n\r\n",
                "GET /health HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "GET /health HTTP/1.1\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: localhost\r\nBad Header: x\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: localhost\r\n: x\r\n\r\n",
                "GET /he\0alth HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "G@T /health HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
            })
    void whatIsNotHttpIsRefused(String request) throws IOException {
        try (RawConnection client = new RawConnection(server)) {
            String answer = client.send(request).endOutput().rest();

            assertThat(answer).matches("(?s)|HTTP/1\\.1 (4\\d\\d|505) .*\\{\"error\":\".*\"}");
        }
    }
}
