package org.tinytorch.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Ends training when a value has not become better for some epochs, and brings back the weights of the best one: a network that goes on learning
 * begins to know its training samples by heart (Prechelt, 1998). A value that is NaN is never better.
 *
 * <pre>{@code
 * Trainer.builder(model, loss, optimizer).validation(validation).earlyStopping(EarlyStopping.lowest("val_loss", 3)).build();
 * }</pre>
 *
 * <p>Belongs to one training run. Keeps a copy of the best weights in memory.
 */
public final class EarlyStopping implements Stateful {
    private static final String BEST = "best";
    private static final String BEST_EPOCH = "best_epoch";
    private static final String WAITED = "waited";
    private static final String WEIGHTS = "weights.";

    private final String watched;
    private final int patience;
    private final boolean highest;
    private final double minDelta;
    private double best;
    private int bestEpoch;
    private int waited;
    private Map<String, Tensor> bestWeights = Map.of();

    private EarlyStopping(String watched, int patience, boolean highest, double minDelta) {
        if (patience < 1) {
            throw new IllegalArgumentException(
                    "early stopping: a patience of " + patience + " epochs would stop at once; use at least 1");
        }
        if (!(minDelta >= 0) || Double.isInfinite(minDelta)) {
            throw new IllegalArgumentException(
                    "early stopping: minDelta " + minDelta + " is not possible; use a finite number, 0 or more");
        }
        this.watched = watched;
        this.patience = patience;
        this.highest = highest;
        this.minDelta = minDelta;
    }

    /**
     * Waits for lower values, such as of {@code val_loss}.
     *
     * @param watched the name of a value in {@link EpochResult}
     * @param patience how many epochs in a row may pass without a better value, at least 1; the last of them is the last epoch
     */
    public static EarlyStopping lowest(String watched, int patience) {
        return new EarlyStopping(watched, patience, false, 0);
    }

    /** Waits for higher values, such as of {@code val_accuracy}; else like {@link #lowest}. */
    public static EarlyStopping highest(String watched, int patience) {
        return new EarlyStopping(watched, patience, true, 0);
    }

    /** The same, unused, but only a value that is better by more than this counts. */
    public EarlyStopping minDelta(double delta) {
        return new EarlyStopping(watched, patience, highest, delta);
    }

    /** The name of the value that is watched. */
    public String watched() {
        return watched;
    }

    /**
     * Takes note of an epoch: remembers the weights if the value is the best so far. With a patience of 2, the validation losses 0.9, 0.7, 0.8, 0.75 end training
     * in epoch 4; the best is epoch 2.
     *
     * @param epoch counted from 1
     * @param value the watched value of this epoch
     * @param model the model as it is after this epoch
     * @return whether training should end
     */
    public boolean observe(int epoch, double value, Layer model) {
        // region Task 8.7: patience, and a copy of the best
        if (isBetter(value)) {
            best = value;
            bestEpoch = epoch;
            bestWeights = copy(model.stateDict());
            waited = 0;
        } else {
            waited++;
        }
        return isOver();
        // endregion
    }

    /** Whether this is better than the best so far, by more than {@code minDelta}; the first number is. */
    private boolean isBetter(double value) {
        if (bestEpoch == 0) {
            return !Double.isNaN(value);
        }
        return highest ? value > best + minDelta : value < best - minDelta;
    }

    /** Whether the patience is at its end. */
    public boolean isOver() {
        return waited >= patience;
    }

    /** Puts the weights of the best epoch into the model; if no epoch had a value, does nothing. */
    public void restoreBest(Layer model) {
        if (bestEpoch > 0) {
            model.loadStateDict(bestWeights);
        }
    }

    /** The epoch with the best value so far, counted from 1; 0 if there is none. */
    public int bestEpoch() {
        return bestEpoch;
    }

    /** The best value so far; NaN if there is none. */
    public double best() {
        return bestEpoch == 0 ? Double.NaN : best;
    }

    /** Tensors with numbers of their own. */
    private static Map<String, Tensor> copy(Map<String, Tensor> state) {
        Map<String, Tensor> copy = new LinkedHashMap<>();
        state.forEach((name, tensor) -> copy.put(name, tensor.copy()));
        return copy;
    }

    // ---- saving and loading

    @Override
    public Map<String, Tensor> stateDict() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put(BEST, Tensors.scalar(best));
        state.put(BEST_EPOCH, Tensors.scalar(bestEpoch));
        state.put(WAITED, Tensors.scalar(waited));
        bestWeights.forEach((name, tensor) -> state.put(WEIGHTS + name, tensor));
        return state;
    }

    @Override
    public void loadStateDict(Map<String, Tensor> state) {
        double savedBest = scalar(state, BEST);
        int savedEpoch = count(state, BEST_EPOCH);
        int savedWaited = count(state, WAITED);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        state.forEach((name, tensor) -> {
            if (name.startsWith(WEIGHTS)) {
                weights.put(name.substring(WEIGHTS.length()), tensor.copy());
            }
        });
        if (savedEpoch > 0 == weights.isEmpty()) {
            throw new IllegalArgumentException("early stopping: loadStateDict: the best epoch is " + savedEpoch
                    + ", but there are " + weights.size() + " weights of it; nothing was loaded");
        }
        best = savedBest;
        bestEpoch = savedEpoch;
        waited = savedWaited;
        bestWeights = weights;
    }

    private static int count(Map<String, Tensor> state, String name) {
        double value = scalar(state, name);
        if (!(value >= 0 && value <= Integer.MAX_VALUE) || value != Math.rint(value)) {
            throw new IllegalArgumentException("early stopping: loadStateDict: " + name + " is " + value
                    + ", which is not a count; nothing was loaded");
        }
        return (int) value;
    }

    private static double scalar(Map<String, Tensor> state, String name) {
        if (!state.containsKey(name) || state.get(name).size() != 1) {
            throw new IllegalArgumentException(
                    "early stopping: loadStateDict: a single number '" + name + "' is missing; nothing was loaded");
        }
        return state.get(name).item();
    }
}
