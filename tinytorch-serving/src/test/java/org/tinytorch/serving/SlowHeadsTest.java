package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Heads of requests on a connection that stays. */
@Timeout(120)
class SlowHeadsTest {
    private static final String HEALTH = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";

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

    @Test
    void aSecondHeadThatDribblesIsCutToo() throws IOException {
        try (RawConnection client = new RawConnection(server)) {
            assertThat(client.send(HEALTH).answer().status()).isEqualTo(200);
            client.send("GET /health HTTP/1.1\r\nHost: localhost\r\nX-Long: ");

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1_000; i++) {
                            client.send("x");
                            Thread.sleep(20);
                        }
                    })
                    .as("a letter now and then, for 20 s")
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void requestsOneAfterTheOtherAreNotTakenForOne() throws IOException, InterruptedException {
        try (RawConnection client = new RawConnection(server)) {
            for (int i = 0; i < 40; i++) {
                assertThat(client.send(HEALTH).answer().status()).isEqualTo(200);
                Thread.sleep(20);
            }
        }
    }
}
