package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultTest {
    @Test
    void theLineForScriptsHasEveryFigure() {
        Result result = new Result("cifar10", "test_accuracy", 0.7634, 0.75).with("epochs", "%.0f", 12);

        assertThat(result.line(412.04))
                .isEqualTo(
                        "RESULT milestone=cifar10 test_accuracy=0.7634 target=0.75 epochs=12 seconds=412.0 passed=true");
    }

    @Test
    void aMissSaysByHowMuch() {
        Result result = new Result("digits", "test_accuracy", 0.91, 0.96);

        assertThat(result.passed()).isFalse();
        assertThat(result.shortfall())
                .isEqualTo("Missed: test_accuracy is 0.9100, which is 0.0500 below the target of 0.96.");
    }

    @Test
    void aLossPassesFromBelow() {
        assertThat(Result.ofLoss("gpt", "validation_loss", 1.8701, 1.88).passed())
                .isTrue();
        assertThat(Result.ofLoss("gpt", "validation_loss", 1.88, 1.88).passed()).isTrue();
        assertThat(Result.ofLoss("gpt", "validation_loss", 1.9, 1.88).shortfall())
                .isEqualTo("Missed: validation_loss is 1.9000, which is 0.0200 above the target of 1.88.");
    }

    @Test
    void notANumberDoesNotPass() {
        assertThat(Result.ofLoss("gpt", "validation_loss", Double.NaN, 2).passed())
                .isFalse();
        assertThat(new Result("xor", "accuracy", Double.NaN, 1).passed()).isFalse();
    }

    @Test
    void aBrokenConditionMissesEvenWithTheMetricReached() {
        Result result = new Result("xor", "correct", 4, 4)
                .require(true, "never said")
                .require(false, "the curves are %.0e apart", 1e-3);

        assertThat(result.passed()).isFalse();
        assertThat(result.shortfall()).isEqualTo("Missed: the curves are 1e-03 apart.");
    }
}
