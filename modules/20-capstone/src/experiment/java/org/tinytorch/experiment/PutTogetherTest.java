package org.tinytorch.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.benchmarking.Benchmark;
import org.tinytorch.benchmarking.MemoryUse;
import org.tinytorch.benchmarking.WarmUp;
import org.tinytorch.capstone.Decision;
import org.tinytorch.capstone.Goal;
import org.tinytorch.capstone.Harness;
import org.tinytorch.capstone.Limit;
import org.tinytorch.capstone.Project;
import org.tinytorch.capstone.ReportCard;
import org.tinytorch.capstone.Step;
import org.tinytorch.capstone.Worth;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Scores;

/** Holds the experiment of module 20 to its claims, on a made-up machine that does nothing but wait for weights: a nanosecond for each byte, whoever computes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PutTogetherTest {

    /** The digits on that machine. */
    private static final class Counted implements Project<Layer> {
        private final DigitsProject digits = new DigitsProject();
        private long now;

        private Harness harness() {
            return new Harness(new Benchmark(() -> now).warmUp(WarmUp.runs(1)).repeat(6), run -> {
                run.run();
                return new MemoryUse(0, 0, 0);
            });
        }

        @Override
        public String name() {
            return digits.name();
        }

        @Override
        public Layer baseline() {
            return digits.baseline();
        }

        @Override
        public Scores quality(Layer model) {
            return digits.quality(model);
        }

        @Override
        public void run(Layer model) {
            digits.run(model);
            now += digits.bytes(model);
        }

        @Override
        public int items() {
            return digits.items();
        }

        @Override
        public long bytes(Layer model) {
            return digits.bytes(model);
        }

        @Override
        public List<Step<Layer>> steps() {
            return digits.steps();
        }

        @Override
        public List<Goal> goals() {
            return digits.goals();
        }

        @Override
        public List<Limit> limits() {
            return digits.limits();
        }
    }

    private final Tensor images = Tensors.rand(new Generator(3), 5, 1, 8, 8);
    private final Counted project = new Counted();
    private double[] before;
    private Backend backend;
    private ReportCard card;

    @BeforeAll
    void run() {
        before = answers();
        backend = Backend.current();
        card = PutTogether.run(project, project.harness());
    }

    private double[] answers() {
        return project.baseline().forward(images).data();
    }

    @Test
    @DisplayName("what makes weights smaller pays where one waits for weights; what computes faster does not")
    void decisions() {
        Map<String, Boolean> kept = card.journal().stream().collect(Collectors.toMap(Decision::step, Decision::kept));
        assertThat(kept).as(card.toString()).containsEntry("acceleration", false).containsEntry("half", true).containsEntry("int8", true);
    }

    @Test
    @DisplayName("the bytes are those of the network")
    void bytes() {
        assertThat(card.rules().baseline().weightBytes()).as("64 · 64 + 64 + 64 · 10 + 10 numbers of 8 bytes").isEqualTo(8 * 4810);
        assertThat(card.journal().get(1).trial().figures().orElseThrow().weightBytes()).as("with 32 hidden units").isEqualTo(8 * 2410);
        assertThat(card.last().weightBytes()).as("of a byte each, and scales").isBetween(2_410L, 3_200L);
    }

    @Test
    @DisplayName("the score has all points for time and size, and the accuracy is within its limit")
    void score() {
        double accuracy = card.last().get("accuracy");
        assertThat(card.rules().baseline().get("accuracy")).as("baseline").isGreaterThan(0.94);
        assertThat(accuracy).as("in the end").isGreaterThanOrEqualTo(card.rules().baseline().get("accuracy") - 0.02 - 1e-9);
        assertThat(card.score()).as(card.toString()).isGreaterThanOrEqualTo(80);
    }

    @Test
    @DisplayName("two gains that both reach the aim share its points: each is worth less at the end than it won")
    void worths() {
        assertThat(card.worths()).extracting(Worth::step).containsExactly("half", "int8");
        double won = card.journal().stream().filter(Decision::kept).mapToDouble(Decision::gain).sum();
        double worth = card.worths().stream().mapToDouble(each -> each.points().orElseThrow()).sum();
        assertThat(card.worths()).as(card.toString()).allMatch(each -> each.points().orElseThrow() >= 0);
        assertThat(worth).as("worth in the end, of %s won", won).isLessThan(won);
    }

    @Test
    @DisplayName("the trained network has not changed, nor has the backend")
    void untouched() {
        assertThat(answers()).as("what it says to five images").containsExactly(before, within(0.0));
        assertThat(Backend.current()).isSameAs(backend);
    }

    @Test
    @DisplayName("the card is written as a page and as JSON")
    void written(@TempDir Path folder) throws IOException {
        card.write(folder);
        assertThat(folder.resolve("report-card.html")).content().contains("<h1>digits</h1>");
        assertThat(folder.resolve("report-card.json")).content().contains("\"project\" : \"digits\"");
    }
}
