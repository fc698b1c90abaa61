package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.tinytorch.interop.ModelPackage;

/** A server that stops in the midst of everything: each request gets an answer, or a connection that is closed, and none hangs. */
class ShutdownUnderLoadTest {
    private static final int CLIENTS = 12;
    private static final List<String> SERVERS_THREADS =
            List.of("tinytorch-http", "tinytorch-batches", "tinytorch-writer");
    private static final String CLASSIFY = RawConnection.post("/v1/classify", Client.grey(8, 8, 0.5));
    private static final String WHOLE =
            RawConnection.post("/v1/generate", "{\"prompt\":\"once\",\"max_tokens\":20,\"stream\":false}");
    private static final String LONG_TEXT =
            RawConnection.post("/v1/generate", "{\"prompt\":\"once\",\"max_tokens\":1000000}");

    private final Map<String, Integer> ends = new ConcurrentHashMap<>();

    private void count(String end) {
        ends.merge(end, 1, Integer::sum);
    }

    /** Asks until nobody listens any more. */
    private void askToTheEnd(ModelServer server, String request) throws IOException {
        while (true) {
            try (RawConnection client = new RawConnection(server)) {
                while (true) {
                    RawConnection.Answer answer = client.send(request).answer();
                    count(Integer.toString(answer.status()));
                    if (answer.headers().getOrDefault("connection", "").equals("close")) {
                        break;
                    }
                }
            } catch (SocketTimeoutException e) {
                throw new AssertionError("a request hangs", e);
            } catch (ConnectException e) {
                return;
            } catch (IOException e) {
                count("closed");
            }
        }
    }

    private void stopInTheMidst(ModelPackage pack, String request) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Future<?>> running = new ArrayList<>();
        ModelServer server = ModelServer.start(
                "model", pack, ServerOptions.defaults().port(0).generations(texts -> texts.queue(2 * CLIENTS)));
        for (int i = 0; i < CLIENTS; i++) {
            running.add(clients.submit(() -> {
                askToTheEnd(server, request);
                return null;
            }));
        }
        Condition.await("the load is on", () -> ends.getOrDefault("200", 0) > 300);
        server.close();
        for (Future<?> client : running) {
            client.get();
        }
        clients.shutdown();

        assertThat(ends.keySet()).isSubsetOf("200", "503", "closed");
        assertThatThrownBy(() -> new RawConnection(server)).isInstanceOf(ConnectException.class);
        assertNoThreadIsLeft();
    }

    /** The threads of the kernels stay: they are the process's, not a server's. */
    private static void assertNoThreadIsLeft() throws InterruptedException {
        Condition.await("all threads of the server have ended", () -> Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .noneMatch(name -> SERVERS_THREADS.stream().anyMatch(name::startsWith)));
    }

    @Test
    void whileImagesAreClassified() throws Exception {
        stopInTheMidst(Models.digits(), CLASSIFY);
    }

    @Test
    void whileTextsAreWritten() throws Exception {
        stopInTheMidst(Models.letters(), WHOLE);
    }

    /** Texts that would take longer than the grace end with an error that says why. */
    @Test
    void whileStreamsRunAndWait() throws Exception {
        List<RawConnection> clients = new ArrayList<>();
        ModelServer server = ModelServer.start(
                "letters",
                Models.letters(),
                ServerOptions.defaults().port(0).grace(Duration.ofMillis(100)).generations(texts -> texts.atOnce(3)
                        .queue(3)
                        .tokens(1_000_000)));
        for (int i = 0; i < 3; i++) {
            clients.add(new RawConnection(server).send(LONG_TEXT).await("event: token"));
        }
        for (int i = 0; i < 3; i++) {
            clients.add(new RawConnection(server).send(LONG_TEXT));
        }
        Condition.await("three wait", () -> Condition.metric(server, "tinytorch_queue_length") == 3);
        server.close();

        for (int i = 0; i < 3; i++) {
            assertThat(clients.get(i).rest()).contains("event: error\ndata: {\"error\":\"the server is stopping");
        }
        for (int i = 3; i < 6; i++) {
            assertThat(clients.get(i).rest())
                    .startsWith("HTTP/1.1 503 ")
                    .contains("{\"error\":\"the server is stopping");
        }
        for (RawConnection client : clients) {
            client.close();
        }
        assertNoThreadIsLeft();
    }

    /** Half requests, silent connections, and a reader that has stopped: no reason to wait for longer than the grace. */
    @Test
    void whileClientsAreSlow() throws Exception {
        ModelServer server = ModelServer.start(
                "letters",
                Models.letters(),
                ServerOptions.defaults()
                        .port(0)
                        .grace(Duration.ofMillis(100))
                        .generations(texts -> texts.tokens(1_000_000)));
        List<RawConnection> clients = List.of(
                new RawConnection(server),
                new RawConnection(server).send("POST /v1/gen"),
                new RawConnection(server).send(RawConnection.head("/v1/generate", 100) + "\r\n{"),
                new RawConnection(server, 2048).send(LONG_TEXT).await("event: token"));
        server.close();

        for (RawConnection client : clients) {
            client.rest();
            client.close();
        }
        assertNoThreadIsLeft();
    }
}
