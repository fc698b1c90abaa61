package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
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
import org.tinytorch.milestones.GptSpeedup.Sizes;
import org.tinytorch.milestones.ImageSpeedup.Pruning;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Backend;
import org.tinytorch.transformer.GptConfig;

class SpeedupMilestoneTest {
    private static final GptRecipe GPT = new GptRecipe(GptConfig.Style.GPT2, 1, 4, 16, 16, 0, 4, 20, 10, 5e-3);
    private static final SpeedupSizes SMALL = new SpeedupSizes(
            2,
            2,
            new Pruning(0.5, new FineTuning(1, 1e-3)),
            new Pruning(0.3, new FineTuning(1, 1e-3)),
            GPT,
            new Sizes(20, 8, 4, 10, 4, 5, 1e-3),
            2);

    @TempDir
    private Path folder;

    private Path out() {
        return folder.resolve("out");
    }

    /** Each step takes half as long as the one before it, whatever the clock says. */
    private MilestoneRun run(String... options) {
        return run(ScriptedMeter::new, options);
    }

    private MilestoneRun run(Supplier<ScriptedMeter> meter, String... options) {
        List<String> all = new ArrayList<>(List.of("--out", out().toString()));
        all.addAll(List.of(options));
        return MilestoneRun.of(
                Milestones.commandLine(new SpeedupMilestone(repeats -> meter.get(), Optional.of(SMALL))),
                all.toArray(String[]::new));
    }

    private JsonNode report() throws IOException {
        return new ObjectMapper().readTree(Files.readString(out().resolve("report.json")));
    }

    @Test
    void makesThreeModelsFasterAndLeavesReportsWithTheSameNumbers() throws IOException {
        Backend before = Backend.current();

        MilestoneRun run = run("--classroom");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("mlp: 9,610 parameters", "cnn: 22,602 parameters", "gpt: ")
                .contains("gpt, loops: measured on 4 tokens a run", "gpt, acceleration: measured on 8 tokens a run");
        assertThat(run.out()
                        .lines()
                        .filter(line -> line.matches("(loops|acceleration|caching|precision|compression) .*")))
                .as("4 steps of each image model and 5 of the GPT")
                .hasSize(13);
        assertThat(run.figure("speedup")).isEqualTo(Math.min(run.figure("cnn"), run.figure("gpt")));
        assertThat(run.resultLine()).contains("target=2.0", "mlp=", "cnn_accuracy_lost=", "gpt_loss_added=");
        assertThat(run.exitCode())
                .as("acceleration alone is a factor of 2: " + run.out())
                .isZero();
        assertThat(Backend.current()).isSameAs(before);
        JsonNode tables = report().get("tables");
        for (JsonNode table : tables) {
            String model = table.get("caption").asText().split(":")[0];
            if (List.of("mlp", "cnn", "gpt").contains(model)) {
                double overall = 0;
                for (JsonNode row : table.get("rows")) {
                    boolean pays = !row.get(12).asText().startsWith("does not pay");
                    overall = pays ? row.get(5).asDouble() : overall;
                }
                assertThat(overall).as(model).isCloseTo(run.figure(model), within(0.051));
            }
        }
        assertThat(tables).as("the times and three models").hasSize(4);
        for (String file : List.of("report.md", "report.html", "speedup.png")) {
            assertThat(out().resolve(file)).isNotEmptyFile();
        }
    }

    @Test
    void takesWhatOtherMilestonesHaveTrained() throws IOException {
        Path data = Cifar10Files.write(folder.resolve("data"), 1, false);
        Path cnn = folder.resolve("cnn");
        Path gpt = folder.resolve("gpt");
        Sequential network = TrainedCifar10.fresh();
        SpeedupFolders.writeCnn(cnn, network, "small", Cifar10Data.load(Optional.of(data)));
        new ModelSources(new PrintWriter(Writer.nullWriter()), folder, folder, 1)
                .train(GptText.load(Optional.empty()), GPT, gpt);

        MilestoneRun run =
                run(ScriptedMeter::idle, "--data", data.toString(), "--cnn", cnn.toString(), "--gpt", gpt.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("The CNN comes from " + cnn, "The GPT comes from " + gpt)
                .contains(String.format(Locale.ROOT, "cnn: %,d parameters", network.parameterCount()))
                .contains("There is no test_batch.bin, so data_batch_5.bin is held out")
                .contains("cnn: compression, what is left is trained …")
                .contains("a context of 16 tokens");
        assertThat(run.resultLine())
                .startsWith("RESULT milestone=speedup speedup=")
                .contains(" tested_on=data_batch_5.bin ");
        assertThat(out().resolve("gpt")).doesNotExist();
    }

    @Test
    void aRunThatFailsLeavesNoReport() {
        Path nowhere = folder.resolve("nowhere");

        MilestoneRun run = run("--data", nowhere.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains(nowhere.toString(), "./tito download cifar10");
        assertThat(out()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--cnn", "--gpt"})
    void aFolderWithoutAModelIsNamedBeforeAnythingIsTrained(String option) throws IOException {
        Path data = Cifar10Files.write(folder.resolve("data"), 2, true);
        Path empty = folder.resolve("empty");

        MilestoneRun run = run("--data", data.toString(), option, empty.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains(option + ": ", empty.toString(), "or leave " + option + " out");
        assertThat(run.out()).doesNotContain("is trained first");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--repeats=5",
                "--tokens=0",
                "--tokens=many",
                "--classroom --cnn=x",
                "--classroom --gpt=x",
                "--classroom --data=x"
            })
    void badUsageExitsWithTwo(String options) {
        MilestoneRun run = run(options.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--");
        assertThat(out()).doesNotExist();
    }
}
