package org.tinytorch.milestones;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tinytorch.serving.ServerOptions;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;

/** Where a server listens and what it may take, as options of a command line. */
final class ServingOptions {
    @Option(names = "--port", paramLabel = "N", defaultValue = "8080", description = "the port; 0 for a free one")
    int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "the address of this machine to listen at; 0.0.0.0 for all of them")
    String host;

    @Option(
            names = "--host-name",
            paramLabel = "NAME",
            description = "a name under which a reverse proxy passes requests on; may be given several times")
    List<String> hostNames = new ArrayList<>();

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "512",
            description = "how many clients can be connected at once")
    int connections;

    @Option(
            names = "--queue",
            paramLabel = "N",
            showDefaultValue = Help.Visibility.NEVER,
            description =
                    "how many requests may wait for the model; further ones get status 429 (default: 256 images, or 16"
                            + " texts)")
    Optional<Integer> queue = Optional.empty();

    @Option(
            names = "--max-batch",
            paramLabel = "N",
            defaultValue = "32",
            description = "how many images are classified together")
    int maxBatch;

    @Option(
            names = "--batch-wait",
            paramLabel = "MS",
            defaultValue = "1",
            description = "how many milliseconds a batch waits for more images")
    long batchWait;

    @Option(names = "--texts", paramLabel = "N", defaultValue = "4", description = "how many texts are written at once")
    int texts;

    @Option(
            names = "--text-threads",
            paramLabel = "N",
            showDefaultValue = Help.Visibility.NEVER,
            description = "how many threads write them (default: one for each 2 cores)")
    Optional<Integer> textThreads = Optional.empty();

    @Option(names = "--max-tokens", paramLabel = "N", defaultValue = "1000", description = "the most tokens of a text")
    int maxTokens;

    @Option(
            names = "--max-prompt",
            paramLabel = "N",
            defaultValue = "8192",
            description = "the most characters of a prompt")
    int maxPrompt;

    @Option(
            names = "--max-body",
            paramLabel = "BYTES",
            defaultValue = "1048576",
            description = "the largest body of a request; a larger one gets status 413")
    int maxBody;

    @Option(
            names = "--max-pixels",
            paramLabel = "N",
            defaultValue = "4000000",
            description = "the most pixels of a PNG or JPEG")
    int maxPixels;

    @Option(
            names = "--arrival-timeout",
            paramLabel = "S",
            defaultValue = "10",
            description = "how many seconds a request may take to arrive")
    double arrival;

    @Option(
            names = "--idle-timeout",
            paramLabel = "S",
            defaultValue = "30",
            description = "after how many seconds of silence a connection is closed")
    double idle;

    @Option(
            names = "--answer-timeout",
            paramLabel = "S",
            defaultValue = "30",
            description = "how many seconds a request may wait for its answer, or for its text to begin")
    double answer;

    @Option(
            names = "--grace",
            paramLabel = "S",
            defaultValue = "10",
            description = "how many seconds requests have to end when the server stops")
    double grace;

    /** @throws IllegalArgumentException if one is out of its range */
    ServerOptions options() {
        return ServerOptions.defaults()
                .host(host)
                .port(port)
                .hostNames(Set.copyOf(hostNames))
                .connections(connections)
                .grace(seconds(grace))
                .requests(requests -> requests.bodyBytes(maxBody)
                        .imagePixels(maxPixels)
                        .arrival(seconds(arrival))
                        .idle(seconds(idle))
                        .answer(seconds(answer)))
                .batches(batches -> batches.size(maxBatch)
                        .queue(queue.orElse(batches.queue()))
                        .patience(Duration.ofMillis(batchWait)))
                .generations(generations -> generations
                        .atOnce(texts)
                        .threads(textThreads.orElse(generations.threads()))
                        .queue(queue.orElse(generations.queue()))
                        .tokens(maxTokens)
                        .promptCharacters(maxPrompt));
    }

    private static Duration seconds(double count) {
        return Duration.ofMillis(Math.round(count * 1000));
    }
}
