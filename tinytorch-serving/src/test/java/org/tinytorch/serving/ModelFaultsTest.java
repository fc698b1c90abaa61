package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.tensor.Tensor;

/** A model that fails, or takes too long, costs its own requests an error, and no others anything. */
class ModelFaultsTest {
    private static final String CLASSIFY = RawConnection.post("/v1/classify", Client.grey(8, 8, 0.5));
    private static final String WHOLE =
            RawConnection.post("/v1/generate", "{\"prompt\":\"once\",\"max_tokens\":5,\"stream\":false}");
    private static final String STREAM = RawConnection.post("/v1/generate", "{\"prompt\":\"once\",\"max_tokens\":5}");

    /** What happens in the model, with what it gives. */
    private volatile Consumer<Tensor> fault = y -> {};

    private ModelServer start(ModelPackage pack, ServerOptions options) throws IOException {
        (pack.tokenizer().isPresent() ? pack.gpt().child("norm") : pack.model())
                .onForward((path, layer, x, y) -> fault.accept(y));
        return ModelServer.start("model", pack, options.port(0));
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("secret"),
                new StackOverflowError("secret"),
                new OutOfMemoryError("secret"),
                new AssertionError("secret"));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatAClassifierThrowsIsA500(Throwable failure) throws Exception {
        try (ModelServer server = start(Models.digits(), ServerOptions.defaults())) {
            fault = y -> ModelFaultsTest.<RuntimeException>sneak(failure);
            ExecutorService clients = Executors.newFixedThreadPool(8);
            List<Future<RawConnection.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                answers.add(clients.submit(() -> RawConnection.ask(server, CLASSIFY)));
            }
            for (Future<RawConnection.Answer> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(500);
                assertThat(answer.get().error()).doesNotContain("secret").isNotBlank();
            }
            clients.shutdown();
            fault = y -> {};
            assertThat(RawConnection.ask(server, CLASSIFY).status()).isEqualTo(200);
            Condition.awaitIdle(server);
        }
    }

    @Test
    void aModelThatGivesNaNIsA500() throws Exception {
        try (ModelServer server = start(Models.digits(), ServerOptions.defaults())) {
            fault = y -> y.mutableData()[3] = Double.NaN;
            RawConnection.Answer answer = RawConnection.ask(server, CLASSIFY);

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.error()).isNotBlank();
        }
    }

    @Test
    void aModelThatFailsAtOnceIsNotServed() {
        fault = y -> {
            throw new IllegalStateException("broken model");
        };
        assertThatThrownBy(() -> start(Models.digits(), ServerOptions.defaults()))
                .hasMessageContaining("broken model");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatAWriterThrowsIsA500OrAnErrorAtTheEndOfTheStream(Throwable failure) throws Exception {
        try (ModelServer server =
                start(Models.letters(), ServerOptions.defaults().generations(texts -> texts.atOnce(1)
                        .queue(1)))) {
            fault = y -> ModelFaultsTest.<RuntimeException>sneak(failure);
            RawConnection.Answer whole = RawConnection.ask(server, WHOLE);
            assertThat(whole.status()).isEqualTo(500);
            assertThat(whole.error()).doesNotContain("secret").isNotBlank();

            AtomicInteger tokens = new AtomicInteger();
            fault = y -> {
                if (tokens.incrementAndGet() > 2) {
                    ModelFaultsTest.<RuntimeException>sneak(failure);
                }
            };
            RawConnection.Answer stream = RawConnection.ask(server, STREAM);
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.body())
                    .containsPattern(
                            "(?s)(event: token\ndata: .*?\n\n){2}event: error\ndata: \\{\"error\":\".+\"}\n\n$")
                    .doesNotContain("secret")
                    .doesNotContain("event: done");

            fault = y -> {};
            assertThat(RawConnection.ask(server, STREAM).body()).contains("event: done");
            Condition.awaitIdle(server);
        }
    }

    private static Consumer<Tensor> stuck(CountDownLatch entered, CountDownLatch release) {
        return y -> {
            entered.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Those who wait are told in time; what nobody waits for any more is not computed. */
    @Test
    void aClassifierThatTakesTooLong() throws Exception {
        AtomicInteger images = new AtomicInteger();
        try (ModelServer server = start(
                Models.digits(),
                ServerOptions.defaults().requests(requests -> requests.answer(Duration.ofMillis(200))))) {
            CountDownLatch entered = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            fault = y -> {
                images.addAndGet(y.shape().dim(0));
                stuck(entered, release).accept(y);
            };
            RawConnection.Answer late = RawConnection.ask(server, CLASSIFY);
            assertThat(late.status()).isEqualTo(503);
            assertThat(late.headers()).containsEntry("retry-after", "1");
            assertThat(late.error()).isNotBlank();
            entered.await();
            for (int i = 0; i < 5; i++) {
                assertThat(RawConnection.ask(server, CLASSIFY).status()).isEqualTo(503);
            }
            fault = y -> images.addAndGet(y.shape().dim(0));
            release.countDown();
            Condition.awaitIdle(server);

            assertThat(RawConnection.ask(server, CLASSIFY).status()).isEqualTo(200);
            assertThat(images).as("the first and the last").hasValue(2);
        }
    }

    @Test
    void aTurnThatDoesNotComeInTime() throws Exception {
        try (ModelServer server = start(
                        Models.letters(),
                        ServerOptions.defaults()
                                .requests(requests -> requests.answer(Duration.ofMillis(200)))
                                .generations(texts -> texts.atOnce(1).queue(4)));
                RawConnection first = new RawConnection(server)) {
            CountDownLatch entered = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            fault = stuck(entered, release);
            first.send(STREAM);
            entered.await();
            for (String request : new String[] {STREAM, WHOLE, STREAM}) {
                RawConnection.Answer late = RawConnection.ask(server, request);
                assertThat(late.status()).isEqualTo(503);
                assertThat(late.headers()).containsEntry("retry-after", "1");
                assertThat(late.error()).isNotBlank();
            }
            fault = y -> {};
            release.countDown();

            assertThat(first.answer().body()).contains("event: done");
            assertThat(RawConnection.ask(server, WHOLE).status()).isEqualTo(200);
            Condition.awaitIdle(server);
        }
    }
}
