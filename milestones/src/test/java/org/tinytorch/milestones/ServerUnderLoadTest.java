package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.interop.ImagePreprocessing;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;

/** The load client and a server of its own process, for some seconds: every request is answered, and nothing grows. How fast they are is not looked at. */
@Timeout(120)
class ServerUnderLoadTest {
    private static final Shape IMAGE = Shape.of(1, 8, 8);

    @TempDir
    private static Path folder;

    private static Path digits;

    @BeforeAll
    static void write() throws IOException {
        digits = folder.resolve("digits");
        ModelPackage.classifier(
                        DigitModel.CNN.build(IMAGE, 10, new Generator(1)),
                        IntStream.range(0, 10).mapToObj(Integer::toString).toList())
                .preprocessing(ImagePreprocessing.none(IMAGE))
                .write(digits);
    }

    /** Growth of heap and threads has its usual limits, and speed has none. */
    private static MilestoneRun load(ServeProcess server, String... more) {
        List<String> arguments = Stream.concat(
                        Stream.of(
                                "http://127.0.0.1:" + server.uri().getPort(),
                                "--seconds=4",
                                "--warm-up=1",
                                "--target-rate=1",
                                "--target-p99=60000",
                                "--timeout=60"),
                        Stream.of(more))
                .toList();
        return MilestoneRun.of(LoadCommand.commandLine(), arguments.toArray(String[]::new));
    }

    @Test
    void everyRequestOfAFixedRateIsAnswered() throws Exception {
        try (ServeProcess server = ServeProcess.start(digits)) {
            MilestoneRun run = load(server, "--rate=150", "--clients=8");

            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).containsPattern("  200 +600\\R");
            assertThat(run.resultLine()).contains(" errors=0 refused=0 ").endsWith("passed=true");
            assertThat(server.metrics())
                    .as("one to try, 150 to warm up, 600")
                    .contains("tinytorch_http_requests_total{route=\"classify\",status=\"200\"} 751");
        }
    }

    @Test
    void asFastAsItGoesNothingIsRefusedWhileTheQueueHasRoomForAllClients() throws Exception {
        try (ServeProcess server = ServeProcess.start(digits)) {
            MilestoneRun run = load(server, "--rate=0", "--clients=16");

            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(run.resultLine()).contains(" errors=0 refused=0 ");
        }
    }
}
