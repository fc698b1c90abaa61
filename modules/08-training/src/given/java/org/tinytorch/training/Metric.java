// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/Metric.java. Read it, don't edit it.
package org.tinytorch.training;

import org.tinytorch.tensor.Tensor;

/**
 * Something to know about a model besides its loss, gathered batch by batch: {@link #reset()}, then {@link #update} for each batch, then
 * {@link #value()}. Batches may differ in size: a metric keeps counts, never an average of averages. Not thread-safe.
 */
public interface Metric {
    /** The name under which it is reported: letters, digits, {@code _}, {@code -} and {@code .}. */
    String name();

    /** Forgets what was seen. */
    void reset();

    /**
     * Takes a batch into account.
     *
     * @param prediction what the model returned
     * @param target what it should have been
     * @throws IllegalArgumentException if the shapes do not fit or a label is not possible
     */
    void update(Tensor prediction, Tensor target);

    /**
     * The value over all samples seen since {@link #reset()}.
     *
     * @throws IllegalStateException if there were none
     */
    double value();
}
