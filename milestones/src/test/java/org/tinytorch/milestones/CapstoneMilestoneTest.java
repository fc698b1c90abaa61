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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.benchmarking.Benchmark;
import org.tinytorch.benchmarking.MemoryUse;
import org.tinytorch.benchmarking.WarmUp;
import org.tinytorch.capstone.Goal;
import org.tinytorch.capstone.Harness;
import org.tinytorch.capstone.Limit;
import org.tinytorch.capstone.Recipe;
import org.tinytorch.milestones.GptSpeedup.Sizes;
import org.tinytorch.milestones.ImageSpeedup.Pruning;
import org.tinytorch.tensor.Backend;
import org.tinytorch.transformer.GptConfig;

class CapstoneMilestoneTest {
    private static final int LIVE = 40;
    private static final CapstoneSizes SMALL = new CapstoneSizes(
            new SpeedupSizes(
                    2,
                    1,
                    new Pruning(0.5, new FineTuning(1, 1e-3)),
                    new Pruning(0.25, new FineTuning(1, 1e-3)),
                    new GptRecipe(GptConfig.Style.GPT2, 1, 4, 16, 16, 0, 4, 20, 10, 5e-3),
                    new Sizes(20, 8, 4, 10, 4, 5, 1e-3),
                    2),
            new Pruning(0.7, new FineTuning(30, 4e-3)),
            LIVE);
    private static final long MICROSECOND = 1_000;
    private static final long TENTH_OF_A_SECOND = 100_000_000;

    @TempDir
    private Path folder;

    private Path out() {
        return folder.resolve("out");
    }

    /** A clock that goes on by so many nanoseconds at each look. */
    private static LongSupplier clock(long step) {
        AtomicLong now = new AtomicLong();
        return () -> now.addAndGet(step);
    }

    /** Every run takes the same time. */
    private static Harness evenly() {
        return new Harness(
                new Benchmark(clock(MICROSECOND)).warmUp(WarmUp.runs(0)).repeat(6), run -> {
                    run.run();
                    return new MemoryUse(4096, 0, 0);
                });
    }

    private MilestoneRun run(String... options) {
        return runWithTokensEvery(MICROSECOND, options);
    }

    private MilestoneRun runWithTokensEvery(long nanos, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--out", out().toString()));
        return MilestoneRun.of(
                Milestones.commandLine(new CapstoneMilestone(repeats -> evenly(), clock(nanos), Optional.of(SMALL))),
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
    void aGptIsMadeReadyAndWritesBeforeTheEyes() throws IOException {
        MilestoneRun run = run("gpt", "--classroom");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("writes 32 tokens", "caching: undone: ", "40 tokens in 41 µs");
        assertThat(run.resultLine()).contains("project=gpt", "loss=", "tokens_per_second_target=100 ");
        assertThat(run.figure("tokens_per_second"))
                .as("40 tokens, and a look at the clock for each and at the end")
                .isCloseTo(LIVE / 41e-6, within(0.1));
        assertThat(run.figure("first_token_ms")).isCloseTo(0.001, within(1e-9));
        assertThat(card().get("limits").get(0).get("metric").asText()).isEqualTo("loss");
    }

    @Test
    void aGptThatWritesTooSlowlyMissesTheMilestone() {
        MilestoneRun run = runWithTokensEvery(TENTH_OF_A_SECOND, "gpt", "--classroom");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("it writes 9.8 tokens a second, and must write 100");
        assertThat(run.resultLine()).endsWith("passed=false");
    }

    @Test
    void photographsAreHeldAgainstAccuracyAndAgainstATenthOfTheWork() throws IOException {
        Path data = Cifar10Files.write(folder.resolve("data"), 1, true);
        Path cnn = folder.resolve("cnn");
        SpeedupFolders.writeCnn(cnn, TrainedCifar10.fresh(), "small", Cifar10Data.load(Optional.of(data)));

        MilestoneRun run = run("cifar10", "--data", data.toString(), "--cnn", cnn.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode())
                .as("all images are of one class, which is soon learnt: " + run.resultLine())
                .isZero();
        assertThat(run.figure("accuracy")).isEqualTo(1);
        assertThat(run.resultLine()).contains("project=cifar10", "accuracy_target=0.75 ", "less_target=10 ");
        assertThat(run.figure("less_memory")).isGreaterThan(10);
        JsonNode baseline = card().get("baseline");
        JsonNode last = card().get("last");
        assertThat(baseline.get(Counted.MULTIPLY_ADDS).asDouble())
                .as("five convolutions and a linear layer, as their shapes say")
                .isCloseTo(22.214_656, within(1e-9));
        assertThat(run.figure("less_memory"))
                .isCloseTo(
                        baseline.get(Counted.MEMORY).asDouble()
                                / last.get(Counted.MEMORY).asDouble(),
                        within(0.01));
        assertThat(run.figure("less_compute"))
                .isCloseTo(
                        baseline.get(Counted.MULTIPLY_ADDS).asDouble()
                                / last.get(Counted.MULTIPLY_ADDS).asDouble(),
                        within(0.01));
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
        TechniqueProject project = new TechniqueProject(
                "fake", model, List.of(Goal.timesLess("size", 8, 1)), Limit.rises("loss", 0.05), fast);
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
