package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerceptronMilestoneTest {
    @ParameterizedTest
    @ValueSource(strings = {"--seed=1", "--seed=7", "--classroom"})
    void separatesThePointsAndGoesInCirclesOnXor(String option) {
        MilestoneRun run = MilestoneRun.of("perceptron", option);

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.figure("train_accuracy")).isEqualTo(1);
        assertThat(run.figure("xor_accuracy")).isLessThan(1);
        assertThat(run.out()).contains("goes in circles").contains("No line separates XOR");
        assertThat(run.resultLine()).startsWith("RESULT milestone=perceptron").endsWith("passed=true");
    }

    @Test
    void givingUpTooEarlyMissesTheTargetAndSaysByHowMuch() {
        MilestoneRun run = MilestoneRun.of("perceptron", "--epochs", "1", "--seed", "3");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("Missed: train_accuracy is").contains("below the target of 1.0");
        assertThat(run.resultLine()).endsWith("passed=false");
    }

    @Test
    void anImpossibleNumberOfPointsIsRefused() {
        MilestoneRun run = MilestoneRun.of("perceptron", "--points", "0");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--points is 0, but must be 1 or more");
    }
}
