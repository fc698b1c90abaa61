package org.tinytorch.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Saving a schedule and going on from there. */
class ScheduleStateTest {
    static final List<Function<Optimizer, LearningRateSchedule>> SCHEDULES = List.of(
            optimizer -> new StepLr(optimizer, 3, 0.7),
            optimizer -> new CosineWithWarmup(optimizer, 4, 15),
            optimizer -> new OneCycle(optimizer, 0.3, 15),
            optimizer -> new ReduceOnPlateau(optimizer).patience(2).cooldown(1));

    @ParameterizedTest
    @FieldSource("SCHEDULES")
    void goingOnFromASavedStateGivesTheSameRates(Function<Optimizer, LearningRateSchedule> make) {
        Optimizer optimizer = new Sgd(Fixtures.one(), 0.8);
        LearningRateSchedule schedule = make.apply(optimizer);
        for (int i = 0; i < 6; i++) {
            schedule.step(5);
        }
        Map<String, Tensor> savedOptimizer = optimizer.stateDict();
        Map<String, Tensor> saved = schedule.stateDict();
        Optimizer resumed = new Sgd(Fixtures.one(), 0.123);
        resumed.loadStateDict(savedOptimizer);
        LearningRateSchedule other = make.apply(resumed);
        other.loadStateDict(saved);
        assertThat(other.stateDict().keySet()).isEqualTo(saved.keySet());

        for (int i = 0; i < 8; i++) {
            assertThat(resumed.learningRate())
                    .as("rate after " + i + " more steps")
                    .isEqualTo(optimizer.learningRate());
            schedule.step(5);
            other.step(5);
        }
    }

    @ParameterizedTest
    @FieldSource("SCHEDULES")
    void missingAndUnexpectedNamesAreRefused(Function<Optimizer, LearningRateSchedule> make) {
        LearningRateSchedule schedule = make.apply(new Sgd(Fixtures.one(), 0.8));

        assertThatThrownBy(() -> schedule.loadStateDict(Map.of("more", Tensors.scalar(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("missing [")
                .hasMessageEndingWith("unexpected [more]; nothing was loaded");
    }

    @Test
    void impossibleValuesAreRefusedAndNothingIsLoaded() {
        Optimizer optimizer = new Sgd(Fixtures.one(), 0.8);
        LearningRateSchedule schedule = new StepLr(optimizer, 1, 0.5);
        Map<String, Tensor> halfStep = new HashMap<>(schedule.stateDict());
        halfStep.put("steps", Tensors.scalar(0.5));
        Map<String, Tensor> twoGroups = new HashMap<>(schedule.stateDict());
        twoGroups.put("steps", Tensors.scalar(3));
        twoGroups.put("base", Tensors.of(0.1, 0.2));

        assertThatThrownBy(() -> schedule.loadStateDict(halfStep))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("steps is not a count");
        assertThatThrownBy(() -> schedule.loadStateDict(twoGroups))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("base does not hold 1 learning rates");
        assertThat(schedule.stateDict().get("steps").item()).isZero();
        assertThat(optimizer.learningRate()).isEqualTo(0.8);
    }

    @Test
    void aScheduleThatCannotGoOnStaysWhereItIs() {
        Optimizer optimizer = new Sgd(Fixtures.one(), 0.8);
        OneCycle cycle = new OneCycle(optimizer, 0.3, 3);
        cycle.step();
        cycle.step();
        double last = optimizer.learningRate();

        assertThatThrownBy(cycle::step)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is over");
        assertThat(cycle.steps()).isEqualTo(2);

        Map<String, Tensor> beyond = new HashMap<>(cycle.stateDict());
        beyond.put("steps", Tensors.scalar(99));
        assertThatThrownBy(() -> cycle.loadStateDict(beyond))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is over")
                .hasMessageEndingWith("nothing was loaded");
        assertThat(cycle.steps()).isEqualTo(2);
        assertThat(optimizer.learningRate()).isEqualTo(last);
    }
}
