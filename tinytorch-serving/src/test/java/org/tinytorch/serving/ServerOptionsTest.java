package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Generator;

/** Options, and packages, that are not possible. */
class ServerOptionsTest {
    private static Arguments wrong(UnaryOperator<ServerOptions> change, String message) {
        return Arguments.of(change, message);
    }

    static Stream<Arguments> impossible() {
        return Stream.of(
                wrong(options -> options.port(-1), "there is no port -1"),
                wrong(options -> options.port(65_536), "there is no port 65536"),
                wrong(options -> options.host(" "), "the host is blank"),
                wrong(options -> options.hostNames(Set.of("http://a/b")), "'http://a/b' is no host name"),
                wrong(options -> options.connections(0), "connections is 0"),
                wrong(options -> options.grace(Duration.ofMillis(-1)), "grace is -1 ms"),
                wrong(options -> options.batches(batches -> batches.size(0)), "the size of a batch is 0"),
                wrong(options -> options.batches(batches -> batches.queue(0)), "the queue of images is 0"),
                wrong(options -> options.batches(batches -> batches.patience(Duration.ofSeconds(-1))), "wait"),
                wrong(options -> options.generations(texts -> texts.atOnce(0)), "the texts at once is 0"),
                wrong(options -> options.generations(texts -> texts.queue(-1)), "the queue of texts is -1"),
                wrong(options -> options.generations(texts -> texts.threads(0)), "the threads that write is 0"),
                wrong(options -> options.generations(texts -> texts.tokens(0)), "the most tokens is 0"),
                wrong(options -> options.generations(texts -> texts.promptCharacters(0)), "the longest prompt is 0"),
                wrong(options -> options.requests(limits -> limits.bodyBytes(0)), "the largest body is 0"),
                wrong(options -> options.requests(limits -> limits.imagePixels(0)), "the most pixels of an image is 0"),
                wrong(options -> options.requests(limits -> limits.arrival(Duration.ZERO)), "to arrive is 0 ms"),
                wrong(options -> options.requests(limits -> limits.idle(Duration.ZERO)), "be silent is 0 ms"),
                wrong(options -> options.requests(limits -> limits.answer(Duration.ZERO)), "an answer is 0 ms"));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void whatIsOutOfRangeIsNamed(UnaryOperator<ServerOptions> change, String message) {
        assertThatThrownBy(() -> change.apply(ServerOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("server: ")
                .hasMessageContaining(message)
                .hasMessageMatching("(?s).*(use|give) .*");
    }

    @Test
    void aChangeLeavesTheRestAsItIs() {
        ServerOptions options = ServerOptions.defaults()
                .host("::1")
                .port(1)
                .hostNames(Set.of("A.example"))
                .connections(2)
                .grace(Duration.ofSeconds(3))
                .batches(batches -> batches.size(4).queue(5).patience(Duration.ofSeconds(6)))
                .generations(
                        texts -> texts.atOnce(7).queue(8).threads(9).tokens(10).promptCharacters(11))
                .requests(limits -> limits.bodyBytes(12)
                        .imagePixels(13)
                        .arrival(Duration.ofSeconds(14))
                        .idle(Duration.ofSeconds(15))
                        .answer(Duration.ofSeconds(16)));

        assertThat(options)
                .isEqualTo(new ServerOptions(
                        "::1",
                        1,
                        Set.of("a.example"),
                        2,
                        Duration.ofSeconds(3),
                        new RequestLimits(
                                12, 13, Duration.ofSeconds(14), Duration.ofSeconds(15), Duration.ofSeconds(16)),
                        new BatchLimits(4, 5, Duration.ofSeconds(6)),
                        new GenerationLimits(7, 8, 9, 10, 11)));
    }

    @Test
    void onlyThisMachineReachesAServerUnlessToldOtherwise() throws IOException {
        try (ModelServer server = ModelServer.start(
                "digits", Models.digits(), ServerOptions.defaults().port(0))) {
            assertThat(server.uri().getHost()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void aPackageThatCannotBeServedIsRefused() {
        Sequential model = new Sequential(new Flatten(), new Linear(64, 3, new Generator(1)));
        ServerOptions options = ServerOptions.defaults().port(0);

        assertThatThrownBy(
                        () -> ModelServer.start("m", ModelPackage.classifier(model, List.of("a", "b", "c")), options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no preprocessing")
                .hasMessageContaining("ImagePreprocessing.none(shape)");
        assertThatThrownBy(() -> ModelServer.start(
                        "m",
                        ModelPackage.classifier(model, List.of("a", "b"))
                                .preprocessing(Models.digits().preprocessing().orElseThrow()),
                        options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the model gives (1, 3), but the package has 2 labels");
        assertThatThrownBy(() -> ModelServer.start(" ", Models.digits(), options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name is blank");
    }
}
