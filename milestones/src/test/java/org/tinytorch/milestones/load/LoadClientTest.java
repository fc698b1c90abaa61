package org.tinytorch.milestones.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class LoadClientTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final long MILLISECOND = 1_000_000;

    private final Tally tally = new Tally();

    private void run(Endpoint server, Arrivals arrivals, Duration timeout) {
        byte[] request = HttpRequest.post("/v1/classify", "application/json", new byte[] {'{', '}'})
                .bytes(server);
        new LoadClient(server, request, arrivals, timeout, tally).run();
    }

    private static void stall(long millis) {
        for (long end = System.nanoTime() + millis * MILLISECOND; System.nanoTime() - end < 0; ) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    @Test
    void everyRequestThatIsDueIsMadeAndCounted() throws IOException {
        try (StandInServer server = new StandInServer(StandInServer.CLASSIFIER, n -> n % 3 == 0 ? 429 : 200)) {
            run(server.endpoint(), new Arrivals(200, Duration.ofMillis(150)), LONG);

            assertThat(server.asked()).hasSize(30);
            assertThat(tally.outcomes()).isEqualTo(Map.of("200", 20L, "429", 10L));
        }
    }

    /** One request of 20 stalls the server for 400 ms; those that were due meanwhile are late by up to that. */
    @Test
    void aStallCountsForAllRequestsThatWereDueMeanwhile() throws IOException {
        try (StandInServer server = new StandInServer(StandInServer.CLASSIFIER, n -> {
            if (n == 1) {
                stall(400);
            }
            return 200;
        })) {
            run(server.endpoint(), new Arrivals(100, Duration.ofMillis(400)), LONG);

            assertThat(tally.answered()).isEqualTo(40);
            assertThat(tally.total().getCountBetweenValues(100 * MILLISECOND, 60_000 * MILLISECOND))
                    .as("requests that were late by 100 ms or more: those of the first 300 ms")
                    .isGreaterThanOrEqualTo(30);
        }
    }

    @Test
    void anAnswerThatDoesNotComeIsGivenUp() throws Exception {
        try (ScriptedServer server = new ScriptedServer(false)) {
            run(server.endpoint(), new Arrivals(0, Duration.ofNanos(1)), Duration.ofMillis(100));
            assertThat(tally.outcomes()).isEmpty();

            run(server.endpoint(), new Arrivals(100, Duration.ofMillis(10)), Duration.ofMillis(100));
            assertThat(tally.outcomes()).isEqualTo(Map.of(LoadClient.TIMED_OUT, 1L));
            assertThat(tally.total().getMaxValue()).isGreaterThanOrEqualTo(99 * MILLISECOND);
        }
    }

    @Test
    void aServerThatIsNotThereIsAFailureForEachRequest() throws IOException {
        Endpoint nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = new Endpoint("127.0.0.1", socket.getLocalPort());
        }
        run(nobody, new Arrivals(500, Duration.ofMillis(10)), LONG);

        assertThat(tally.outcomes()).isEqualTo(Map.of(LoadClient.BROKEN, 5L));
    }

    @Test
    void aConnectionThatTheServerClosesInOrderIsMadeAnew() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(true, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")) {
            run(server.endpoint(), new Arrivals(100, Duration.ofMillis(10)), LONG);
            assertThat(tally.outcomes()).isEqualTo(Map.of("200", 1L));
        }
    }

    /** After the end and the time-out nothing more is sent, but what was due is late all the same. */
    @Test
    void whatCouldNotBeSentForABacklogCountsAsLate() {
        Endpoint unused = new Endpoint("127.0.0.1", 1);
        long now = System.nanoTime();
        run(
                unused,
                new Arrivals(10, now - Duration.ofSeconds(20).toNanos(), 5_000 * MILLISECOND),
                Duration.ofSeconds(1));

        assertThat(tally.outcomes()).isEqualTo(Map.of(LoadClient.NOT_SENT, 50L));
        assertThat(tally.total().getMinValue()).isGreaterThan(15_000 * MILLISECOND);
    }
}
