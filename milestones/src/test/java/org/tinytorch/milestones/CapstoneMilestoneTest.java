package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.benchmarking.Benchmark;
import org.tinytorch.benchmarking.MemoryUse;
import org.tinytorch.benchmarking.WarmUp;
import org.tinytorch.capstone.Goal;
import org.tinytorch.capstone.Harness;
import org.tinytorch.capstone.Recipe;
import org.tinytorch.milestones.GptSpeedup.Sizes;
import org.tinytorch.milestones.ImageSpeedup.Pruning;
import org.tinytorch.tensor.Backend;
import org.tinytorch.transformer.GptConfig;

class CapstoneMilestoneTest {
    private static final SpeedupSizes SMALL = new SpeedupSizes(
            2,
            1,
            new Pruning(0.5, new FineTuning(1, 1e-3)),
            new Pruning(0.25, new FineTuning(1, 1e-3)),
            new GptRecipe(GptConfig.Style.GPT2, 1, 4, 16, 16, 0, 4, 20, 10, 5e-3),
            new Sizes(20, 8, 4, 10, 4, 5, 1e-3),
            2);

    @TempDir
    private Path folder;

    private Path out() {
        return folder.resolve("out");
    }

    /** On a clock that goes on by a microsecond at each look: every run takes the same time. */
    private static Harness evenClock() {
        long[] now = {0};
        return new Harness(
                new Benchmark(() -> now[0] += 1000).warmUp(WarmUp.runs(0)).repeat(6), run -> {
                    run.run();
                    return new MemoryUse(4096, 0, 0);
                });
    }

    private MilestoneRun run(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--out", out().toString()));
        return MilestoneRun.of(
                Milestones.commandLine(new CapstoneMilestone(repeats -> evenClock(), Optional.of(SMALL))),
                all.toArray(String[]::new));
    }

    private JsonNode card() throws IOException {
        return new ObjectMapper().readTree(Files.readString(out().resolve("report-card.json")));
    }

    @Test
    void digitsLeaveACardWithTheNumbersOfTheRun() throws IOException {
        Backend before = Backend.current();

        MilestoneRun run = run("--classroom");

        assertThat(run.err()).isEmpty();
        assertThat(Backend.current()).isSameAs(before);
        assertThat(run.out())
                .contains("digits: 22,602 parameters", "acceleration: undone: no gain", "precision: kept: ")
                .contains("report-card.html");
        assertThat(run.resultLine())
                .startsWith("RESULT milestone=capstone score=")
                .contains("project=digits");
        JsonNode card = card();
        assertThat(run.figure("score")).isCloseTo(card.get("score").asDouble(), within(1e-4));
        assertThat(card.get("baseline").get("size").asLong()).isEqualTo(8 * 22_602);
        assertThat(run.figure("smaller")).isGreaterThan(7);
        assertThat(card.get("steps")).hasSize(3);
        assertThat(out().resolve("report-card.html")).content().contains("<h1>digits</h1>");
        assertThat(run.exitCode()).isEqualTo(run.figure("score") >= CapstoneMilestone.CLASSROOM_TARGET ? 0 : 1);
    }

    @Test
    void aGptIsMadeReadyToo() throws IOException {
        MilestoneRun run = run("gpt", "--classroom");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("writes 32 tokens", "caching: undone: ");
        assertThat(run.resultLine()).contains("project=gpt", "loss=");
        assertThat(card().get("limits").get(0).get("metric").asText()).isEqualTo("loss");
    }

    @Test
    void photographsComeFromTheFolderOfTheirMilestone() throws IOException {
        Path data = Cifar10Files.write(folder.resolve("data"), 2, true);
        Path empty = folder.resolve("empty");

        MilestoneRun run = run("cifar10", "--data", data.toString(), "--cnn", empty.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("--cnn: ", empty.toString(), "or leave --cnn out");
        assertThat(out()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--repeats=5",
                "cifar10 --classroom",
                "gpt --classroom --gpt=x",
                "digits --gpt=x",
                "gpt --cnn=x",
                "digits --data=x",
                "mnist"
            })
    void badUsageExitsWithTwo(String options) {
        MilestoneRun run = run(options.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isNotEmpty();
        assertThat(out()).doesNotExist();
    }

    @Test
    void aModelIsMadeOnceForEachSetOfTechniquesThatChangesIt() {
        FakeModel model = new FakeModel(Quality.LOSS, Map.of(Technique.PRECISION, 0.92), 3, false);
        Backend fast = Backend.reference();
        TechniqueProject project = new TechniqueProject("fake", model, List.of(Goal.timesLess("size", 8, 1)), fast);
        Recipe<Set<Technique>> all = Recipe.of(project);
        for (var step : project.steps()) {
            all = all.with(step);
        }

        assertThat(project.quality(all.build().model()).values()).containsExactly(Map.entry("loss", 0.92));
        assertThat(project.bytes(all.build().model())).isEqualTo(100);
        assertThat(project.bytes(Set.of(Technique.ACCELERATION))).isEqualTo(800);
        assertThat(project.bytes(Set.of())).isEqualTo(800);
        project.run(Set.of());
        assertThat(model.counts).containsExactly(3);
        assertThat(model.prepared)
                .containsExactly(
                        EnumSet.of(Technique.CACHING, Technique.PRECISION, Technique.COMPRESSION),
                        EnumSet.noneOf(Technique.class));
        assertThat(project.limits()).hasToString("[loss: may rise by 0.05]");
        assertThat(project.steps()
                        .get(0)
                        .change()
                        .apply(Recipe.of(project).build())
                        .backend())
                .isSameAs(fast);
    }
}
