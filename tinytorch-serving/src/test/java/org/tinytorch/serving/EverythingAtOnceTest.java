package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Good clients and bad ones of all kinds, round after round: the good ones get right answers, and after each round the server is as it was. */
class EverythingAtOnceTest {
    private static final int WORKERS = 8;
    private static final int DEEDS = 120;
    private static final int ROUNDS = 4;
    private static final String IMAGE = RawConnection.post("/v1/classify", Client.grey(8, 8, 0.5));
    private static final String WHOLE =
            RawConnection.post("/v1/generate", "{\"prompt\":\"once\",\"max_tokens\":8,\"stream\":false}");
    private static final String STREAM = RawConnection.post("/v1/generate", "{\"prompt\":\"once\",\"max_tokens\":8}");
    private static final String LONG_TEXT =
            RawConnection.post("/v1/generate", "{\"prompt\":\"once\",\"max_tokens\":1000000}");

    private static final ServerOptions OPTIONS = ServerOptions.defaults()
            .port(0)
            .requests(requests ->
                    requests.bodyBytes(5000).arrival(Duration.ofMillis(400)).idle(Duration.ofMillis(800)))
            .batches(batches -> batches.size(4).queue(6))
            .generations(texts -> texts.atOnce(2).queue(4).tokens(1_000_000));

    /** What the whole process holds. */
    private record Held(long heapBytes, int threads, long files) {
        static Held now() throws InterruptedException {
            for (int i = 0; i < 3; i++) {
                System.gc();
                Thread.sleep(50);
            }
            Runtime runtime = Runtime.getRuntime();
            return new Held(
                    runtime.totalMemory() - runtime.freeMemory(),
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                            ? unix.getOpenFileDescriptorCount()
                            : 0);
        }
    }

    @Test
    void leavesNothingBehind() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try (ModelServer classifier = ModelServer.start("digits", Models.digits(), OPTIONS);
                ModelServer writer = ModelServer.start("letters", Models.letters(), OPTIONS)) {
            List<Held> held = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                List<Future<?>> running = new ArrayList<>();
                for (int worker = 0; worker < WORKERS; worker++) {
                    Random random = new Random(100L * round + worker);
                    running.add(workers.submit(() -> {
                        for (int i = 0; i < DEEDS; i++) {
                            deed(classifier, writer, random);
                        }
                        return null;
                    }));
                }
                for (Future<?> worker : running) {
                    worker.get();
                }
                Condition.awaitIdle(classifier);
                Condition.awaitIdle(writer);
                assertThat(RawConnection.ask(classifier, IMAGE).status()).isEqualTo(200);
                assertThat(RawConnection.ask(writer, WHOLE).status()).isEqualTo(200);
                held.add(Held.now());
            }
            Held before = held.get(1); // in the first round classes were loaded, and threads began
            Held after = held.get(ROUNDS - 1);
            assertThat(after.threads()).as("threads: %s", held).isLessThanOrEqualTo(before.threads() + 2);
            assertThat(after.files()).as("open files and sockets: %s", held).isLessThanOrEqualTo(before.files() + 8);
            assertThat(after.heapBytes()).as("heap: %s", held).isLessThanOrEqualTo(before.heapBytes() + (4 << 20));
        } finally {
            workers.shutdown();
        }
    }

    private static void deed(ModelServer classifier, ModelServer writer, Random random) throws IOException {
        switch (random.nextInt(14)) {
            case 0, 1, 2 -> expect(classifier, IMAGE, 200, 429);
            case 3 -> expect(writer, WHOLE, 200, 429);
            case 4 -> expect(writer, STREAM, 200, 429);
            case 5 -> expect(classifier, RawConnection.post("/v1/classify", "{\"image\":[[["), 400);
            case 6 -> expect(classifier, RawConnection.post("/v1/generate", "{}"), 404);
            case 7 -> expect(writer, RawConnection.head("/v1/generate", 1L << 40) + "\r\n", 413);
            case 8 -> expect(classifier, "GET / HTTP/7\r\n\r\n", 400, 505);
            case 9 -> new RawConnection(writer).send(LONG_TEXT).vanish();
            case 10 ->
                new RawConnection(classifier)
                        .send(IMAGE.substring(0, random.nextInt(IMAGE.length())))
                        .vanish();
            case 11 -> expect(classifier, IMAGE.substring(0, IMAGE.length() - 1), 408);
            case 12 -> {
                try (RawConnection client = new RawConnection(writer, 2048)) {
                    client.send(LONG_TEXT);
                    int status = Integer.parseInt(client.await("HTTP/1.1 ").take(3));
                    assertThat(status).isIn(200, 429);
                }
            }
            default -> {
                try (RawConnection client = new RawConnection(classifier)) {
                    client.send(IMAGE + RawConnection.get("/health") + IMAGE);
                    assertThat(client.answer().status()).isIn(200, 429);
                    assertThat(client.answer().status()).isEqualTo(200);
                    assertThat(client.answer().status()).isIn(200, 429);
                }
            }
        }
    }

    private static void expect(ModelServer server, String request, Integer... statuses) throws IOException {
        RawConnection.Answer answer = RawConnection.ask(server, request);
        assertThat(answer.status()).as(answer.body()).isIn((Object[]) statuses);
        if (answer.status() != 200) {
            assertThat(answer.error()).isNotBlank();
        }
    }
}
