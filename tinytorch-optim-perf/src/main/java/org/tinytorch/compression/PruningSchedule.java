package org.tinytorch.compression;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
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
 *
 * <p>A layer of zeros only is the exception in a new process: a gradual schedule made there cannot tell one that {@link MagnitudePruner#global} emptied from one that begins with zeros, and lets
 * it learn until the next pruning. Give the masks of before to {@link #keep}, or prune with {@link MagnitudePruner#perLayer}, which empties no layer.
 */
public final class PruningSchedule implements TrainingListener {
    private final Layer model;
    private final UnaryOperator<PruningMasks> begin;
    private final LongFunction<Optional<PruningMasks>> renewal;
    private PruningMasks masks;

    /**
     * @param masks those of the model as it is now
     * @param begin the masks with which a training begins, or goes on from a checkpoint, from those of before
     * @param renewal the new masks of a step, or nothing if the old ones go on
     */
    PruningSchedule(
            Layer model,
            PruningMasks masks,
            UnaryOperator<PruningMasks> begin,
            LongFunction<Optional<PruningMasks>> renewal) {
        this.model = model;
        this.begin = begin;
        this.renewal = renewal;
        this.masks = masks;
    }

    /** Keeps masks that were found before, for training after pruning at once (fine-tuning). */
    public static PruningSchedule keep(Layer model, PruningMasks masks) {
        return new PruningSchedule(model, masks, before -> before, step -> Optional.empty());
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
        return new PruningSchedule(model, pruner.pruned(model), before -> found(model, pruner, before), step -> {
            boolean due = step == sparsity.end()
                    || step >= sparsity.begin() && step < sparsity.end() && (step - sparsity.begin()) % every == 0;
            return due ? Optional.of(pruner.masks(model, sparsity.at(step))) : Optional.empty();
        });
    }

    /** What is exactly 0 now. A layer that was emptied before, and still is, stays so: by its zeros alone it would be taken for one that begins with them. */
    private static PruningMasks found(Layer model, MagnitudePruner pruner, PruningMasks before) {
        Map<String, Tensor> weights = model.stateDict();
        Map<String, Tensor> masks = new LinkedHashMap<>();
        pruner.pruned(model).masks().forEach((name, mask) -> {
            Tensor old = before.masks().getOrDefault(name, mask);
            boolean staysEmpty = isZero(old) && isZero(weights.get(name));
            masks.put(name, staysEmpty ? Tensors.zerosLike(mask) : mask);
        });
        return new PruningMasks(masks);
    }

    private static boolean isZero(Tensor tensor) {
        return tensor.ne(0).sum().item() == 0;
    }

    /** The masks as they are now. */
    public PruningMasks masks() {
        return masks;
    }

    @Override
    public void onTrainBegin(int firstEpoch, int lastEpoch) {
        masks = begin.apply(masks);
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
        // region Task 18.3: zeros that stay
        Optional<PruningMasks> renewed = renewal.apply(step);
        if (renewed.isPresent()) {
            masks = renewed.get();
        }
        masks.apply(model);
        // endregion
    }
}
