package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.milestones.load.StandInServer;
import org.tinytorch.milestones.load.StandInServer.Asked;

/** The command line of the load client, on a stand-in for a server. */
class LoadCommandTest {
    @TempDir
    private Path folder;

    private static MilestoneRun run(String... arguments) {
        return MilestoneRun.of(LoadCommand.commandLine(), arguments);
    }

    /** Three clients, 40 requests in a second, and targets that any machine reaches. */
    private static MilestoneRun run(StandInServer server, String... more) {
        List<String> all = new ArrayList<>(
                List.of("http://" + server.endpoint(), "--clients=3", "--target-rate=1", "--target-p99=60000"));
        all.addAll(List.of(more));
        Map.of("--seconds", "1", "--warm-up", "0", "--rate", "40").forEach((option, usual) -> {
            if (all.stream().noneMatch(argument -> argument.startsWith(option))) {
                all.add(option + "=" + usual);
            }
        });
        return run(all.toArray(String[]::new));
    }

    @Test
    void asksAsOftenAsItSaysAndEndsWithALineForScripts() throws IOException {
        try (StandInServer server = new StandInServer(StandInServer.CLASSIFIER, n -> 200)) {
            MilestoneRun run = run(server, "--seconds=4", "--warm-up=1");

            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
            assertThat(server.asked()).hasSize(1 + 40 + 160);
            assertThat(run.out())
                    .contains("digits at http://" + server.endpoint()
                            + "/v1/classify: 3 clients, 40 requests/s, latencies from when each was due, for 4 s")
                    .contains("Warming up for 1 s")
                    .containsPattern("second +answers +p50 ms")
                    .containsPattern("(?m)^ +1 +\\d+ ")
                    .doesNotContainPattern("(?m)^ +\\d+ +0 +0\\.00 .*\\R\\R")
                    .contains("160 requests in ");
            assertThat(run.resultLine())
                    .startsWith("RESULT load requests_per_second=")
                    .contains(
                            " errors=0 refused=0 heap_start_mb=1.0 heap_end_mb=1.0 threads_start=9 threads_end=9 passed=true");
        }
    }

    @Test
    void theImageIsOneThatTheModelTakes() throws IOException {
        try (StandInServer server = new StandInServer(StandInServer.CLASSIFIER, n -> 200)) {
            run(server);

            assertThat(server.asked()).isNotEmpty().allSatisfy(asked -> {
                assertThat(asked.method()).isEqualTo("POST");
                assertThat(asked.path()).isEqualTo("/v1/classify");
                assertThat(asked.contentType()).isEqualTo("application/json");
                String number = "(0|1|0\\.\\d{1,3}|1\\.0)";
                String row = "\\[" + number + "(," + number + "){2}]";
                assertThat(asked.body()).matches("\\{\"image\":\\[\\[" + row + "," + row + "]]}");
            });
        }
    }

    @Test
    void errorsAndRefusalsAreCountedApartAndErrorsMiss() throws IOException {
        try (StandInServer server =
                new StandInServer(StandInServer.CLASSIFIER, n -> n % 4 == 0 ? 500 : n % 4 == 2 ? 429 : 200)) {
            MilestoneRun run = run(server);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.resultLine()).contains(" errors=10 refused=10 ").endsWith("passed=false");
            assertThat(run.out()).contains("Missed: ", "10 requests failed").containsPattern("500 +10\\R");
        }
    }

    @Test
    void asFastAsItGoesIsAChoice() throws IOException {
        try (StandInServer server = new StandInServer(StandInServer.CLASSIFIER, n -> 200)) {
            MilestoneRun run = run(server, "--rate=0");

            assertThat(run.out()).contains("as fast as they are answered");
            assertThat(server.asked()).hasSizeGreaterThan(4);
        }
    }

    @Test
    void whatToSendCanComeFromAFile() throws IOException {
        Path body = Files.writeString(folder.resolve("ask.json"), "{\"prompt\": \"Once\"}");
        try (StandInServer server = new StandInServer(StandInServer.WRITER, n -> 200)) {
            run(server, "--body", body.toString());

            assertThat(server.asked())
                    .isNotEmpty()
                    .containsOnly(new Asked("POST", "/v1/generate", "application/json", "{\"prompt\": \"Once\"}"));
        }
    }

    @Test
    void aFileOfAnotherKindIsRefused() throws IOException {
        Path body = Files.writeString(folder.resolve("ask.gif"), "GIF");
        try (StandInServer server = new StandInServer(StandInServer.CLASSIFIER, n -> 200)) {
            MilestoneRun run = run(server, "--body", body.toString());

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("ask.gif ends with neither .json nor .png nor .jpg");
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void aLanguageModelNeedsAFile() throws IOException {
        try (StandInServer server = new StandInServer(StandInServer.WRITER, n -> 200)) {
            MilestoneRun run = run(server);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("the server has a language model", "--body FILE.json");
        }
    }

    @Test
    void aRequestThatTheServerDoesNotTakeIsNotRepeated() throws IOException {
        try (StandInServer server = new StandInServer(StandInServer.CLASSIFIER, n -> 400)) {
            MilestoneRun run = run(server);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("the server answered /v1/classify with 400: {}");
            assertThat(server.asked()).hasSize(1);
        }
    }

    @Test
    void anotherServerIsNotLoaded() throws IOException {
        try (StandInServer server = new StandInServer("<html>", n -> 200)) {
            MilestoneRun run = run(server);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("/v1/model answered 200 and no model");
        }
    }

    @Test
    void whereNobodyListensThatIsSaid() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        MilestoneRun run = run("http://127.0.0.1:" + port);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("load: nobody listens at http://127.0.0.1:" + port, "./tito serve");
    }

    @Test
    void anotherMachineIsRefused() {
        MilestoneRun run = run("http://192.0.2.1:8080");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("192.0.2.1:8080 is not on this machine", "--allow-remote");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        for (String wrong :
                new String[] {"--clients=0", "--rate=-1", "--rate=NaN", "--seconds=0", "--timeout=0", "--warm-up=-1"}) {
            MilestoneRun run = run("http://127.0.0.1:1", wrong);

            assertThat(run.exitCode()).as(wrong).isEqualTo(2);
            assertThat(run.err()).as(wrong).contains("Usage: load");
        }
        assertThat(run("ftp://127.0.0.1").exitCode()).isEqualTo(2);
    }
}
