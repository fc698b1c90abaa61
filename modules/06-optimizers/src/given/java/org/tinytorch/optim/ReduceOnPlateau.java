// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/optim/ReduceOnPlateau.java. Read it, don't edit it.
package org.tinytorch.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tinytorch.tensor.Tensor;

/**
 * Lowers the learning rate when a metric has stopped getting better; {@code torch.optim.lr_scheduler.ReduceLROnPlateau} with its defaults: after more than
 * 10 bad steps in a row the rate is multiplied by 0.1. A step is bad unless the metric beats the best so far by more than one part in 10,000; NaN is bad.
 *
 * <pre>{@code
 * ReduceOnPlateau schedule = new ReduceOnPlateau(optimizer).patience(3);
 * schedule.step(validationLoss); // after each epoch
 * }</pre>
 */
public final class ReduceOnPlateau implements LearningRateSchedule {
    private static final String NAME = "reduceOnPlateau";
    private static final String BEST = "best";
    private static final String BAD_STEPS = "badSteps";
    private static final String COOLING = "cooling";
    private static final double SMALLEST_CHANGE = 1e-8; // PyTorch's eps: a smaller one is not worth making

    private final List<ParameterGroup> groups;
    private boolean maximize;
    private double factor = 0.1;
    private long patience = 10;
    private double threshold = 1e-4;
    private long cooldown;
    private double lowestRate;

    private double best = Double.POSITIVE_INFINITY;
    private long badSteps;
    private long cooling;

    /** Lowers the rates of an optimiser by a metric that should fall, such as a loss. */
    public ReduceOnPlateau(Optimizer optimizer) {
        this.groups = optimizer.parameterGroups();
    }

    /** The metric should rise, such as an accuracy. To be called before the first step. */
    public ReduceOnPlateau maximize() {
        maximize = true;
        best = Double.NEGATIVE_INFINITY;
        return this;
    }

    /** What the rate is multiplied by, from 0 to below 1. */
    public ReduceOnPlateau factor(double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(
                    NAME + ": factor " + value + " does not lower the rate; use 0 to below 1");
        }
        factor = value;
        return this;
    }

    /** How many bad steps in a row are put up with, 0 or more. */
    public ReduceOnPlateau patience(int steps) {
        patience = CurveSchedule.atLeast(NAME, "patience", 0, steps);
        return this;
    }

    /** By which part of the best value a new one must beat it, 0 or more. */
    public ReduceOnPlateau threshold(double relative) {
        if (!(relative >= 0)) {
            throw new IllegalArgumentException(NAME + ": threshold " + relative + " is not possible; use 0 or more");
        }
        threshold = relative;
        return this;
    }

    /** How many steps after lowering the rate are not counted as bad, 0 or more. */
    public ReduceOnPlateau cooldown(int steps) {
        cooldown = CurveSchedule.atLeast(NAME, "cooldown", 0, steps);
        return this;
    }

    /** The rate is never lowered below this, 0 or more. */
    public ReduceOnPlateau lowestRate(double rate) {
        lowestRate = Option.LEARNING_RATE.check(rate);
        return this;
    }

    @Override
    public void step() {
        throw new IllegalStateException(
                NAME + ": this schedule follows a metric; call step(metric), for example with the validation loss");
    }

    @Override
    public void step(double metric) {
        if (isBetter(metric)) {
            best = metric;
            badSteps = 0;
        } else {
            badSteps++;
        }
        if (cooling > 0) {
            cooling--;
            badSteps = 0;
        }
        if (badSteps > patience) {
            groups.forEach(this::lower);
            cooling = cooldown;
            badSteps = 0;
        }
    }

    private boolean isBetter(double metric) {
        return maximize ? metric > best * (1 + threshold) : metric < best * (1 - threshold);
    }

    private void lower(ParameterGroup group) {
        double rate = Math.max(group.learningRate() * factor, lowestRate);
        if (group.learningRate() - rate > SMALLEST_CHANGE) {
            group.learningRate(rate);
        }
    }

    @Override
    public Map<String, Tensor> stateDict() {
        Map<String, Double> state = new LinkedHashMap<>();
        state.put(BEST, best);
        state.put(BAD_STEPS, (double) badSteps);
        state.put(COOLING, (double) cooling);
        return ScheduleState.scalars(state);
    }

    /** {@inheritDoc} The rates themselves come back with the optimiser's state. */
    @Override
    public void loadStateDict(Map<String, ? extends Tensor> saved) {
        ScheduleState state = ScheduleState.of(NAME, saved, BEST, BAD_STEPS, COOLING);
        double savedBest = state.scalar(BEST, value -> !Double.isNaN(value), "a metric");
        long savedBadSteps = state.count(BAD_STEPS);
        cooling = state.count(COOLING);
        best = savedBest;
        badSteps = savedBadSteps;
    }
}
