// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/LotteryTicket.java. Read it, don't edit it.
package org.tinytorch.compression;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.BatchResult;
import org.tinytorch.training.TrainingListener;

/**
 * Remembers what a model was early on, so that the weights that survive pruning can be trained again from there: small networks within large ones learn as well by themselves, if they begin with the
 * same numbers (Frankle and Carbin, 2019). Large models must go back to a step soon after the start instead (Frankle et al., 2020).
 *
 * <pre>{@code
 * LotteryTicket ticket = LotteryTicket.of(model);
 * for (int round = 1; round <= 5; round++) {
 *     train(model);                                        // with PruningSchedule.keep from the second round on
 *     PruningMasks masks = MagnitudePruner.global().masks(model, LotteryTicket.sparsityAfter(round, 0.2));
 *     ticket.rewind(model, masks);
 * }
 * train(model);                                            // the ticket, with PruningSchedule.keep
 * }</pre>
 */
public final class LotteryTicket implements TrainingListener {
    private final Layer model;
    private final long step;
    private final Map<String, Tensor> early = new LinkedHashMap<>();

    private LotteryTicket(Layer model, long step) {
        this.model = model;
        this.step = step;
    }

    /** Remembers the model as it is now. */
    public static LotteryTicket of(Layer model) {
        LotteryTicket ticket = new LotteryTicket(model, 0);
        ticket.remember();
        return ticket;
    }

    /**
     * Remembers the model as it is after some steps of training; give it to the trainer as a listener. The first training that gets so far counts.
     *
     * @param steps at least 1
     * @throws IllegalArgumentException if that is not positive
     */
    public static LotteryTicket after(Layer model, long steps) {
        if (steps < 1) {
            throw new IllegalArgumentException(
                    "lottery ticket: after " + steps + " steps is not possible; use at least 1, or of(model) for now");
        }
        return new LotteryTicket(model, steps);
    }

    @Override
    public void onBatchEnd(BatchResult result) {
        if (result.step() == step && early.isEmpty()) {
            remember();
        }
    }

    private void remember() {
        model.stateDict().forEach((name, tensor) -> early.put(name, tensor.copy()));
    }

    /**
     * Sets all parameters and buffers back, and those weights to 0 that the masks drop. Begin again with a new optimiser, as the old one still remembers where the weights were going.
     *
     * @param trained the model that is remembered, or one like it
     * @throws IllegalStateException if training has not come so far
     * @throws IllegalArgumentException if the masks do not fit
     */
    public void rewind(Layer trained, PruningMasks masks) {
        if (early.isEmpty()) {
            throw new IllegalStateException("lottery ticket: the weights after " + step
                    + " steps were not seen; give the ticket to the trainer as a listener, and train so many steps");
        }
        masks.checkFit(trained);
        trained.loadStateDict(early);
        masks.apply(trained);
    }

    /**
     * The sparsity after some rounds in each of which a share of what is left goes: {@code 1 − (1 − share)^rounds}. With a fifth in each of three rounds, 0.488.
     *
     * @param rounds at least 0
     * @param share from 0 to below 1
     */
    public static double sparsityAfter(int rounds, double share) {
        if (rounds < 0) {
            throw new IllegalArgumentException("lottery ticket: " + rounds + " rounds are not possible; use 0 or more");
        }
        return 1 - Math.pow(1 - Sparsity.check(share), rounds);
    }
}
