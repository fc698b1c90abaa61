package org.tinytorch.compression;

import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.tinytorch.nn.Layer;
import org.tinytorch.training.BatchResult;
import org.tinytorch.training.History;
import org.tinytorch.training.TrainingListener;

/**
 * Keeps a model sparse while it trains: what was pruned is set to 0 again after each step of the optimiser, which momentum and weight decay would else move.
 *
 * <pre>{@code
 * CubicSparsity growing = new CubicSparsity(0, 0.9, 1_000, 9_000);
 * Trainer trainer = Trainer.builder(model, loss, optimizer)
 *         .listener(PruningSchedule.gradual(model, MagnitudePruner.global(), growing, 100))
 *         .build();
 * }</pre>
 *
 * <p>A schedule serves one model. If a training goes on from a checkpoint, weights that are exactly 0 count as pruned. Early stopping that goes back to the best epoch may go back to
 * one with more weights: the last masks are then applied to it, and it should be trained a little more.
 */
public final class PruningSchedule implements TrainingListener {
    private final Layer model;
    private final Supplier<PruningMasks> begin;
    private final LongFunction<Optional<PruningMasks>> renewal;
    private PruningMasks masks;

    /**
     * @param begin the masks with which a training begins, or goes on from a checkpoint
     * @param renewal the new masks of a step, or nothing if the old ones go on
     */
    private PruningSchedule(Layer model, Supplier<PruningMasks> begin, LongFunction<Optional<PruningMasks>> renewal) {
        this.model = model;
        this.begin = begin;
        this.renewal = renewal;
        this.masks = begin.get();
    }

    /** Keeps masks that were found before, for training after pruning at once (fine-tuning). */
    public static PruningSchedule keep(Layer model, PruningMasks masks) {
        return new PruningSchedule(model, () -> masks, step -> Optional.empty());
    }

    /**
     * Prunes more and more while training.
     *
     * @param every how many steps lie between two prunings, at least 1; the paper takes 100 to 1000, so that the model can recover
     * @throws IllegalArgumentException if that is not positive, or the model cannot be pruned
     */
    public static PruningSchedule gradual(Layer model, MagnitudePruner pruner, CubicSparsity sparsity, int every) {
        if (every < 1) {
            throw new IllegalArgumentException(
                    "prune: once in " + every + " steps is not possible; use at least 1 step");
        }
        return new PruningSchedule(model, () -> pruner.pruned(model), step -> {
            boolean due = step == sparsity.end()
                    || step >= sparsity.begin() && step < sparsity.end() && (step - sparsity.begin()) % every == 0;
            return due ? Optional.of(pruner.masks(model, sparsity.at(step))) : Optional.empty();
        });
    }

    /** The masks as they are now. */
    public PruningMasks masks() {
        return masks;
    }

    @Override
    public void onTrainBegin(int firstEpoch, int lastEpoch) {
        masks = begin.get();
        masks.apply(model);
    }

    @Override
    public void onBatchEnd(BatchResult result) {
        afterStep(result.step());
    }

    @Override
    public void onTrainEnd(History history) {
        masks.apply(model);
    }

    /**
     * What follows a step of the optimiser: new masks, if it is time for some, and then 0 for all that the masks drop, whether they are new or not. {@code renewal} gives the new masks of
     * a step, or nothing if the old ones go on.
     *
     * @param step counted from 1
     */
    private void afterStep(long step) {
        masks = renewal.apply(step).orElse(masks);
        masks.apply(model);
    }
}
