// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/optim/CurveSchedule.java. Read it, don't edit it.
package org.tinytorch.optim;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** A schedule that follows a curve: the rate depends on nothing but the rate at the start and the number of steps since. */
abstract sealed class CurveSchedule implements LearningRateSchedule permits StepLr, CosineWithWarmup, OneCycle {
    private static final String STEPS = "steps";
    private static final String BASE = "base";

    private final String name;
    private final List<ParameterGroup> groups;
    private final Curve curve;
    private double[] base;
    private long steps;

    /** The rate as a function of the rate at the start and the number of steps since. */
    @FunctionalInterface
    interface Curve {
        double rate(double base, long step);
    }

    CurveSchedule(String name, Optimizer optimizer, Curve curve) {
        this.name = name;
        this.groups = optimizer.parameterGroups();
        this.curve = curve;
        this.base = groups.stream().mapToDouble(ParameterGroup::learningRate).toArray();
        moveTo(base, 0);
    }

    @Override
    public final void step() {
        moveTo(base, steps + 1);
    }

    /** Works out all rates before anything changes, as a curve may be over or a rate out of range. */
    private void moveTo(double[] newBase, long newSteps) {
        double[] rates = Arrays.stream(newBase)
                .map(rate -> Option.LEARNING_RATE.check(curve.rate(rate, newSteps)))
                .toArray();
        base = newBase;
        steps = newSteps;
        for (int i = 0; i < rates.length; i++) {
            groups.get(i).learningRate(rates[i]);
        }
    }

    /** How often {@link #step()} was called. */
    public final long steps() {
        return steps;
    }

    @Override
    public final Map<String, Tensor> stateDict() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put(STEPS, Tensors.scalar((double) steps));
        state.put(BASE, Tensors.of(base.clone()));
        return state;
    }

    @Override
    public final void loadStateDict(Map<String, ? extends Tensor> saved) {
        ScheduleState state = ScheduleState.of(name, saved, STEPS, BASE);
        double[] savedBase = state.vector(BASE, groups.size());
        long savedSteps = state.count(STEPS);
        try {
            moveTo(savedBase, savedSteps);
        } catch (IllegalStateException over) {
            throw new IllegalArgumentException(
                    name + ": loadStateDict: " + over.getMessage() + "; nothing was loaded", over);
        }
    }

    static long atLeast(String schedule, String what, long lowest, long value) {
        if (value < lowest) {
            throw new IllegalArgumentException(
                    schedule + ": " + what + " " + value + " is not possible; use " + lowest + " or more");
        }
        return value;
    }
}
