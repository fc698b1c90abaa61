package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XorMilestoneTest {
    @ParameterizedTest
    @ValueSource(strings = {"--seed=1", "--seed=2", "--classroom"})
    void bothWaysLearnAllFourAndAgree(String option) {
        MilestoneRun run = MilestoneRun.of("xor", option);

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.figure("accuracy")).isEqualTo(1);
        assertThat(run.figure("curves_apart")).isLessThanOrEqualTo(1e-12);
        assertThat(run.resultLine()).endsWith("passed=true");
    }

    @Test
    void tooFewStepsMissTheTarget() {
        MilestoneRun run = MilestoneRun.of("xor", "--steps", "1");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("Missed: accuracy is");
    }

    @Test
    void theHandDerivedGradientsAreTheOnesOfAutograd() {
        assertThat(new XorNetwork(3).trainByHand(50))
                .as("loss curves")
                .usingElementComparator((a, b) -> Math.abs(a - b) <= 1e-12 ? 0 : 1)
                .isEqualTo(new XorNetwork(3).trainByAutograd(50));
    }
}
