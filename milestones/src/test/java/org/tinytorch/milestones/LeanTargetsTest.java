package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tinytorch.benchmarking.Measurement;
import org.tinytorch.benchmarking.WarmUp;
import org.tinytorch.capstone.Figures;
import org.tinytorch.training.Scores;

class LeanTargetsTest {
    private static final LeanTargets TARGETS = new LeanTargets(0.75, 10);

    private static Figures figures(double accuracy, double multiplyAdds, double memory) {
        return new Figures(
                new Scores(Map.of("accuracy", accuracy, Counted.MULTIPLY_ADDS, multiplyAdds, Counted.MEMORY, memory)),
                new Measurement("run", List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0), new WarmUp.Outcome(0, true)),
                1,
                1);
    }

    private static Result judge(Figures last) {
        return TARGETS.judge(new Result("capstone", "score", 80, 60), figures(0.8, 20, 4_000), last);
    }

    @Test
    void aTenthOfOneOfThemIsEnough() {
        assertThat(judge(figures(0.75, 20, 400)).passed()).isTrue();
        assertThat(judge(figures(0.75, 2, 4_000)).passed()).isTrue();
    }

    @Test
    void theLineHasBothFactors() {
        assertThat(judge(figures(0.76, 5, 100)).line(1))
                .contains(" accuracy_target=0.75 less_compute=4.00 less_memory=40.00 less_target=10 ");
    }

    @Test
    void aNinthOfBothIsTooLittle() {
        Result result = judge(figures(0.78, 20 / 9.0, 4_000 / 9.0));

        assertThat(result.passed()).isFalse();
        assertThat(result.shortfall())
                .isEqualTo(
                        "Missed: it takes 9.00 times less compute and 9.00 times less memory than the loops, and one of them must be 10.");
    }

    @Test
    void anAccuracyBelowTheTargetMissesItWhateverIsSaved() {
        Result result = judge(figures(0.7499, 1, 1));

        assertThat(result.passed()).isFalse();
        assertThat(result.shortfall()).contains("it recognises 0.7499 of the test images, and must recognise 0.75");
    }
}
