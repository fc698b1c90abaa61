package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tinytorch.interop.ImagePreprocessing;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.serving.ModelServer;
import org.tinytorch.serving.ServerOptions;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;

/** The load client and the server together, for some seconds: every request is answered, and nothing grows. How fast they are is not looked at. */
class ServerUnderLoadTest {
    private static final Shape IMAGE = Shape.of(1, 8, 8);

    private static ModelServer start() throws IOException {
        ModelPackage digits = ModelPackage.classifier(
                        DigitModel.CNN.build(IMAGE, 10, new Generator(1)),
                        IntStream.range(0, 10).mapToObj(Integer::toString).toList())
                .preprocessing(ImagePreprocessing.none(IMAGE));
        return ModelServer.start("digits", digits, ServerOptions.defaults().port(0));
    }

    /** Growth of heap and threads is looked at with some room, since client, server and the build share one Java. */
    private static MilestoneRun load(ModelServer server, String... more) {
        String[] arguments = new String[more.length + 6];
        System.arraycopy(
                new String[] {
                    "http://127.0.0.1:" + server.uri().getPort(),
                    "--seconds=4",
                    "--warm-up=1",
                    "--target-rate=1",
                    "--target-p99=60000",
                    "--timeout=60"
                },
                0,
                arguments,
                0,
                6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        return MilestoneRun.of(LoadCommand.commandLine(), arguments);
    }

    private static String metrics(ModelServer server) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(server.uri().resolve("/metrics")).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    @Test
    void everyRequestOfAFixedRateIsAnswered() throws Exception {
        try (ModelServer server = start()) {
            MilestoneRun run = load(server, "--rate=150", "--clients=8", "--heap-growth=64", "--thread-growth=8");

            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).containsPattern("  200 +600\\R");
            assertThat(run.resultLine()).contains(" errors=0 refused=0 ").endsWith("passed=true");
            assertThat(run.figure("threads_end")).isLessThanOrEqualTo(run.figure("threads_start") + 8);
            assertThat(metrics(server))
                    .as("one to try, 150 to warm up, 600")
                    .contains("tinytorch_http_requests_total{route=\"classify\",status=\"200\"} 751");
        }
    }

    @Test
    void asFastAsItGoesNothingIsRefusedWhileTheQueueHasRoomForAllClients() throws Exception {
        try (ModelServer server = start()) {
            MilestoneRun run = load(server, "--rate=0", "--clients=16", "--heap-growth=64", "--thread-growth=8");

            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(run.resultLine()).contains(" errors=0 refused=0 ");
        }
    }
}
