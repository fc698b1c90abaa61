package org.tinytorch.milestones.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConnectionTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private static HttpAnswer get(HttpConnection connection, ScriptedServer server) throws IOException {
        return connection.exchange(HttpRequest.get("/").bytes(server.endpoint()));
    }

    @Test
    void oneConnectionTakesManyRequests() throws Exception {
        try (ScriptedServer server = new ScriptedServer(
                        false,
                        "HTTP/1.1 200 OK\r\ncontent-LENGTH:  5 \r\nX: y: z\r\n\r\nhello",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nTrailer: 1\r\n\r\n",
                        "HTTP/1.1 429 \r\nRetry-After: 1\r\n\r\n",
                        "HTTP/1.1 503\r\nConnection: Close\r\nContent-Length: 1\r\n\r\n!");
                HttpConnection connection = new HttpConnection(server.endpoint(), LONG)) {
            HttpAnswer first = get(connection, server);
            assertThat(first.status()).isEqualTo(200);
            assertThat(first.text()).isEqualTo("hello");
            assertThat(first.keptAlive()).isTrue();
            assertThat(get(connection, server).text()).isEqualTo("abc0123456789");
            HttpAnswer refused = get(connection, server);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.text()).isEmpty();
            HttpAnswer last = get(connection, server);
            assertThat(last.status()).isEqualTo(503);
            assertThat(last.keptAlive()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 20",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
            })
    void anAnswerThatIsCutOffIsNoAnswer(String answer) throws Exception {
        try (ScriptedServer server = new ScriptedServer(true, answer);
                HttpConnection connection = new HttpConnection(server.endpoint(), LONG)) {
            assertThatThrownBy(() -> get(connection, server)).isInstanceOf(EOFException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-server\r\n",
                "HTTP/1.1 2000 OK\r\n",
                "HTTP/1.1 200 OK\r\nnonsense\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n"
            })
    void whatIsNotHttpIsRefused(String answer) throws Exception {
        try (ScriptedServer server = new ScriptedServer(true, answer);
                HttpConnection connection = new HttpConnection(server.endpoint(), LONG)) {
            assertThatThrownBy(() -> get(connection, server)).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void aHeadWithoutEndIsNotKept() throws Exception {
        try (ScriptedServer server = new ScriptedServer(true, "HTTP/1.1 200 OK\r\nX: " + "x".repeat(20_000));
                HttpConnection connection = new HttpConnection(server.endpoint(), LONG)) {
            assertThatThrownBy(() -> get(connection, server))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("longer than 16384 bytes");
        }
    }

    @Test
    void aServerThatSaysNothingIsWaitedForNoLongerThanTheTimeout() throws Exception {
        try (ScriptedServer server = new ScriptedServer(false);
                HttpConnection connection = new HttpConnection(server.endpoint(), Duration.ofMillis(50))) {
            assertThatThrownBy(() -> get(connection, server)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void whereNobodyListensThereIsNoConnection() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Endpoint nobody = new Endpoint("127.0.0.1", port);
        assertThatThrownBy(() -> new HttpConnection(nobody, LONG)).isInstanceOf(ConnectException.class);
    }

    @Test
    void aRequestIsOneMessage() {
        Endpoint server = new Endpoint("127.0.0.1", 80);
        assertThat(HttpRequest.get("/metrics").bytes(server))
                .asString()
                .isEqualTo("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n");
        assertThat(HttpRequest.post("/v1/classify", "application/json", new byte[] {'{', '}'})
                        .bytes(server))
                .asString()
                .isEqualTo(
                        "POST /v1/classify HTTP/1.1\r\nHost: 127.0.0.1:80\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    }
}
