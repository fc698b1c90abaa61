package org.tinytorch.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The rates that the schedules set, step by step. */
class ScheduleCurvesTest {
    private static final Offset<Double> CLOSE = within(1e-15);

    private final Optimizer optimizer = new Sgd(Fixtures.one(), 0.8);

    /** The rate at once and after each step. */
    private double[] rates(LearningRateSchedule schedule, int count) {
        return DoubleStream.iterate(optimizer.learningRate(), previous -> {
                    schedule.step();
                    return optimizer.learningRate();
                })
                .limit(count)
                .toArray();
    }

    @Test
    void stepLrMultipliesEverySoManySteps() {
        assertThat(rates(new StepLr(optimizer, 2, 0.5), 7))
                .containsExactly(new double[] {0.8, 0.8, 0.4, 0.4, 0.2, 0.2, 0.1}, CLOSE);
    }

    @Test
    void cosineFallsFromTheBaseToTheLowestRateAndStaysThere() {
        double half = Math.sqrt(0.5) / 2;

        assertThat(rates(new CosineWithWarmup(optimizer, 0, 4), 7))
                .containsExactly(new double[] {0.8, 0.8 * (0.5 + half), 0.4, 0.8 * (0.5 - half), 0, 0, 0}, CLOSE);
    }

    @Test
    void cosineWarmsUpEvenlyFromAboveZero() {
        assertThat(rates(new CosineWithWarmup(optimizer, 3, 7, 0.2), 9))
                .startsWith(new double[] {0.2, 0.4, 0.6, 0.8}, CLOSE)
                .endsWith(new double[] {0.2, 0.2}, CLOSE);
        assertThat(optimizer.learningRate()).isEqualTo(0.2);
    }

    @Test
    void oneCycleRisesToTheMaximumAndFallsFarBelowTheStart() {
        double[] rates = rates(new OneCycle(optimizer, 1, 10), 10);

        assertThat(rates[0]).isCloseTo(1 / 25.0, CLOSE);
        assertThat(rates[1]).as("half-way up").isCloseTo((1 + 1 / 25.0) / 2, CLOSE);
        assertThat(rates[2]).as("0.3 · 10 − 1 steps up").isCloseTo(1, CLOSE);
        assertThat(rates[9]).isCloseTo(1 / 25.0 / 1e4, CLOSE);
        double progress = (5 - 2) / 7.0;
        assertThat(rates[5]).isCloseTo(4e-6 + (1 - 4e-6) / 2 * (1 + Math.cos(Math.PI * progress)), CLOSE);
    }

    @Test
    void oneCycleEnds() {
        LearningRateSchedule schedule = new OneCycle(optimizer, 1, 2);
        schedule.step();

        assertThatThrownBy(schedule::step)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the cycle of 2 steps is over");
    }

    @Test
    void groupsKeepTheirProportions() {
        ParameterGroup slow = new ParameterGroup(Fixtures.one()).set(Option.LEARNING_RATE, 0.01);
        ParameterGroup fast = new ParameterGroup(Fixtures.one());
        LearningRateSchedule schedule = new StepLr(new Sgd(List.of(slow, fast), 0.1), 1, 0.5);

        schedule.step();

        assertThat(slow.learningRate()).isCloseTo(0.005, CLOSE);
        assertThat(fast.learningRate()).isCloseTo(0.05, CLOSE);
    }

    @Test
    void aMetricIsIgnored() {
        new StepLr(optimizer, 1, 0.5).step(123);

        assertThat(optimizer.learningRate()).isEqualTo(0.4);
    }

    @Test
    void impossibleOptionsAreRefused() {
        assertThatThrownBy(() -> new StepLr(optimizer, 0, 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stepLr: stepSize 0 is not possible; use 1 or more");
        assertThatThrownBy(() -> new StepLr(optimizer, 1, -1)).hasMessageContaining("gamma -1.0");
        assertThatThrownBy(() -> new CosineWithWarmup(optimizer, -1, 5)).hasMessageContaining("warmupSteps -1");
        assertThatThrownBy(() -> new CosineWithWarmup(optimizer, 5, 5))
                .hasMessageContaining("totalSteps 5 is not possible; use 6 or more");
        assertThatThrownBy(() -> new CosineWithWarmup(optimizer, 0, 5, -1)).hasMessageContaining("lr -1.0");
        assertThatThrownBy(() -> new OneCycle(optimizer, 1, 1)).hasMessageContaining("totalSteps 1");
        assertThatThrownBy(() -> new OneCycle(optimizer, 1, 9, 1, 25, 1e4)).hasMessageContaining("rising 1.0");
        assertThatThrownBy(() -> new OneCycle(optimizer, 1, 9, 0.3, 0, 1e4)).hasMessageContaining("must be positive");
        assertThat(optimizer.learningRate()).as("untouched").isEqualTo(0.8);
    }
}
