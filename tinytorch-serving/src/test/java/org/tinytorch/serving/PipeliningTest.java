package org.tinytorch.serving;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests that are sent without waiting for answers are answered in their order, however the network cuts them. */
class PipeliningTest {
    private static final String IMAGE = RawConnection.post("/v1/classify", Client.grey(8, 8, 0.5));
    private static final String WRONG = RawConnection.post("/v1/classify", "{}");
    /** Without a body: one that has not arrived when it is refused is not waited for, and ends the connection. */
    private static final String MISSING = RawConnection.get("/nowhere");

    private static final String HEALTH = RawConnection.get("/health");
    private static final String FOUR = IMAGE + WRONG + MISSING + HEALTH;

    private static ModelServer server;

    @BeforeAll
    @BeforeContainer
    static void start() throws IOException {
        server = ModelServer.start(
                "digits", Models.digits(), ServerOptions.defaults().port(0));
    }

    @AfterAll
    @AfterContainer
    static void stop() {
        server.close();
    }

    private static List<Integer> statuses(RawConnection client, int count) throws IOException {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            statuses.add(client.answer().status());
        }
        return statuses;
    }

    @Test
    void manyInOnePiece() throws IOException {
        try (RawConnection client = new RawConnection(server)) {
            client.send(FOUR.repeat(25));
            for (int i = 0; i < 25; i++) {
                assertThat(statuses(client, 4)).containsExactly(200, 400, 404, 200);
            }
        }
    }

    @Property(tries = 50)
    void inAnyPieces(@ForAll @Size(min = 1, max = 20) List<@IntRange(max = 10_000) Integer> cuts) throws IOException {
        byte[] bytes = FOUR.getBytes(ISO_8859_1);
        int[] ends = cuts.stream().mapToInt(cut -> cut % bytes.length).sorted().toArray();
        try (RawConnection client = new RawConnection(server)) {
            int from = 0;
            for (int end : ends) {
                client.send(Arrays.copyOfRange(bytes, from, end));
                from = end;
            }
            client.send(Arrays.copyOfRange(bytes, from, bytes.length));
            assertThat(statuses(client, 4)).containsExactly(200, 400, 404, 200);
        }
    }

    @Test
    void afterWhatIsNotHttpNothingIsAnswered() throws IOException {
        try (RawConnection client = new RawConnection(server)) {
            client.send(HEALTH + "nonsense\r\n\r\n" + HEALTH);
            assertThat(statuses(client, 2)).containsExactly(200, 400);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void afterABodyThatIsTooLargeNothingIsAnswered() throws IOException {
        try (RawConnection client = new RawConnection(server)) {
            client.send(RawConnection.head("/v1/classify", 1 << 30) + "\r\n" + HEALTH);
            assertThat(client.answer().status()).isEqualTo(413);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void aTextEndsBeforeTheNextAnswerBegins() throws IOException {
        try (ModelServer writer = ModelServer.start(
                        "letters", Models.letters(), ServerOptions.defaults().port(0));
                RawConnection client = new RawConnection(writer)) {
            String stream = RawConnection.post("/v1/generate", "{\"prompt\":\"once\",\"max_tokens\":5}");
            client.send(stream + HEALTH + stream);
            assertThat(client.answer().body()).containsOnlyOnce("event: done");
            assertThat(client.answer().body()).contains("up");
            assertThat(client.answer().body()).containsOnlyOnce("event: done");
        }
    }
}
