package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.nn.Sequential;
import org.tinytorch.precision.QuantizedNetwork;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.training.SafeTensors;

class CompressMilestoneTest {
    private static final CompressionTargets NONE = new CompressionTargets(1, 0, 3, 1, 1, 0, 10, false);
    private static final FineTuning SHORT = new FineTuning(1, 1e-3);
    private static final CompressionSizes SMALL =
            new CompressionSizes(1, SHORT, 0.9, 5, SHORT, 0.5, SHORT, 4, 0.9, NONE);

    @TempDir
    private Path folder;

    private Path out() {
        return folder.resolve("out");
    }

    private MilestoneRun run(CompressionSizes sizes, String... options) {
        Supplier<Meter> meter = ScriptedMeter::new;
        List<String> all = new ArrayList<>(List.of("--out", out().toString()));
        all.addAll(List.of(options));
        return MilestoneRun.of(
                Milestones.commandLine(new CompressMilestone(repeats -> meter.get(), Optional.of(sizes))),
                all.toArray(String[]::new));
    }

    @Test
    void leavesSixNetworksAndAReportWithTheNumbersOfTheRun() throws IOException {
        Backend before = Backend.current();

        MilestoneRun run = run(SMALL, "--classroom");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(Backend.current()).isSameAs(before);
        JsonNode rows = new ObjectMapper()
                .readTree(Files.readString(out().resolve("report.json")))
                .get("tables")
                .get(1)
                .get("rows");
        List<String> networks = new ArrayList<>();
        for (JsonNode row : rows) {
            String how = row.get(0).asText();
            networks.add(how);
            assertThat(run.figure(how + "_accuracy"))
                    .as(how)
                    .isEqualTo(Double.parseDouble(
                            String.format(Locale.ROOT, "%.4f", row.get(9).asDouble())));
            assertThat(out().resolve(how + ".safetensors")).isNotEmptyFile();
        }
        assertThat(networks).containsExactly("trained", "int8", "pruned", "channels", "alone", "distilled");
        assertThat(run.figure("channels_speedup"))
                .as("each network takes half the time of the one before, in each round")
                .isEqualTo(8);
        assertThat(run.out()).contains("trained: 22,602 weights", "alone: 666 weights", "distilled: 666 weights");
        for (String file : List.of("report.md", "report.html", "compress.png")) {
            assertThat(out().resolve(file)).isNotEmptyFile();
        }
        Sequential student = Students.ofDigits(Shape.of(1, 8, 8), 10, new Generator(5));
        student.loadStateDict(
                SafeTensors.read(out().resolve("distilled.safetensors")).tensors());
        assertThat(CompressedNetwork.of(Compression.DISTILLED, student, student, 0)
                        .weights())
                .isEqualTo(666);
        assertThat(QuantizedNetwork.read(out().resolve("int8.safetensors")).bytes())
                .isLessThan(4L * 22_602 / 3);
    }

    @Test
    void goesOnWithWhatAnEarlierRunHasTrained() throws IOException {
        MilestoneRun first = run(SMALL, "--classroom");
        assertThat(first.exitCode()).as(first.out()).isZero();
        byte[] channels = Files.readAllBytes(out().resolve("channels.safetensors"));
        Files.delete(out().resolve("pruned.safetensors"));

        MilestoneRun second = run(SMALL, "--classroom", "--resume");

        assertThat(second.exitCode()).as(second.out()).isZero();
        assertThat(second.out().lines().filter(line -> line.startsWith("  epoch")))
                .as("only what is missing is trained")
                .hasSize(1);
        assertThat(out().resolve("channels.safetensors")).hasBinaryContent(channels);
        for (Compression how : Compression.values()) {
            assertThat(second.figure(how + "_accuracy")).as("%s", how).isEqualTo(first.figure(how + "_accuracy"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--repeats=5", "--classroom --cnn=x", "--classroom --data=x"})
    void badUsageExitsWithTwo(String options) {
        MilestoneRun run = run(SMALL, options.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--");
        assertThat(out()).doesNotExist();
    }

    @Test
    void aFolderWithoutANetworkIsNamedBeforeAnythingIsTrained() throws IOException {
        Path data = Cifar10Files.write(folder.resolve("data"), 2, true);
        Path empty = folder.resolve("empty");

        MilestoneRun run = run(SMALL, "--data", data.toString(), "--cnn", empty.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("--cnn: ", empty.toString(), "or leave --cnn out");
        assertThat(out()).doesNotExist();
    }
}
