package org.tinytorch.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReduceOnPlateauTest {
    private final Optimizer optimizer = new Sgd(Fixtures.one(), 1);

    private double after(ReduceOnPlateau schedule, double... metrics) {
        for (double metric : metrics) {
            schedule.step(metric);
        }
        return optimizer.learningRate();
    }

    @Test
    void lowersTheRateAfterMoreBadStepsThanItsPatience() {
        ReduceOnPlateau schedule = new ReduceOnPlateau(optimizer).patience(2).factor(0.5);

        assertThat(after(schedule, 5, 5, 5)).as("two bad steps").isEqualTo(1);
        assertThat(after(schedule, 5)).as("three").isEqualTo(0.5);
        assertThat(after(schedule, 5, 5)).as("counted anew").isEqualTo(0.5);
        assertThat(after(schedule, 5)).isEqualTo(0.25);
    }

    @Test
    void aBetterMetricStartsTheCountAnew() {
        assertThat(after(new ReduceOnPlateau(optimizer).patience(1), 5, 5, 4, 4, 3, 3))
                .isEqualTo(1);
    }

    @Test
    void aHairsbreadthIsNotBetter() {
        assertThat(after(new ReduceOnPlateau(optimizer).patience(0), 1, 0.99995))
                .isEqualTo(0.1);
    }

    @Test
    void aThresholdOf0TakesAnyImprovement() {
        assertThat(after(new ReduceOnPlateau(optimizer).patience(0).threshold(0), 1, 0.99995))
                .isEqualTo(1);
    }

    @Test
    void anAccuracyShouldRise() {
        assertThat(after(new ReduceOnPlateau(optimizer).maximize().patience(0), 0.5, 0.6, 0.7))
                .isEqualTo(1);
        assertThat(after(new ReduceOnPlateau(optimizer).maximize().patience(0), 0.5, 0.4))
                .isEqualTo(0.1);
    }

    @Test
    void badStepsDoNotCountWhileCoolingDown() {
        ReduceOnPlateau schedule =
                new ReduceOnPlateau(optimizer).patience(0).factor(0.5).cooldown(2);

        assertThat(after(schedule, 5, 5)).isEqualTo(0.5);
        assertThat(after(schedule, 5, 5)).as("cooling").isEqualTo(0.5);
        assertThat(after(schedule, 5)).isEqualTo(0.25);
    }

    @Test
    void neverGoesBelowTheLowestRate() {
        assertThat(after(new ReduceOnPlateau(optimizer).patience(0).lowestRate(0.3), 5, 5, 5, 5))
                .isEqualTo(0.3);
    }

    @Test
    void aChangeTooSmallToMatterIsNotMade() {
        optimizer.learningRate(1e-8);

        assertThat(after(new ReduceOnPlateau(optimizer).patience(0), 5, 5)).isEqualTo(1e-8);
    }

    @Test
    void nanIsBad() {
        assertThat(after(new ReduceOnPlateau(optimizer).patience(0), Double.NaN))
                .isEqualTo(0.1);
    }

    @Test
    void needsAMetric() {
        assertThatThrownBy(() -> new ReduceOnPlateau(optimizer).step())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("call step(metric)");
    }

    @Test
    void impossibleOptionsAreRefused() {
        ReduceOnPlateau schedule = new ReduceOnPlateau(optimizer);

        assertThatThrownBy(() -> schedule.factor(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("factor 1.0 does not lower the rate");
        assertThatThrownBy(() -> schedule.patience(-1)).hasMessageContaining("patience -1");
        assertThatThrownBy(() -> schedule.cooldown(-1)).hasMessageContaining("cooldown -1");
        assertThatThrownBy(() -> schedule.threshold(-1)).hasMessageContaining("threshold -1.0");
        assertThatThrownBy(() -> schedule.lowestRate(-1)).hasMessageContaining("lr -1.0");
    }
}
