// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/TrainingListener.java. Read it, don't edit it.
package org.tinytorch.training;

/** Is told what a {@link Trainer} does. All methods do nothing by default; what one throws stops the training. */
public interface TrainingListener {
    /**
     * Training begins, or goes on.
     *
     * @param firstEpoch the epoch that comes next, from 1
     * @param lastEpoch the epoch after which it ends, unless it is stopped early
     */
    default void onTrainBegin(int firstEpoch, int lastEpoch) {}

    /** An epoch begins. */
    default void onEpochBegin(int epoch) {}

    /** The optimiser has made a step. */
    default void onBatchEnd(BatchResult result) {}

    /** An epoch is over: validated, noted in the history and, if there is a checkpoint, saved. */
    default void onEpochEnd(EpochResult result) {}

    /** Training has ended, by itself or early. */
    default void onTrainEnd(History history) {}
}
