// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/Batch.java. Read it, don't edit it.
package org.tinytorch.training;

import org.tinytorch.tensor.Tensor;

/**
 * Some samples to learn from at once: what goes into the model and what should come out.
 *
 * @param input the samples, {@code (N, …)} with N at least 1
 * @param target one target for each sample, {@code (N, …)}: class labels {@code (N,)}, values {@code (N, outputs)}, whatever the loss takes
 */
public record Batch(Tensor input, Tensor target) {
    /**
     * Checks that inputs and targets belong together.
     *
     * @throws IllegalArgumentException if one of them has no batch axis, they differ in length, or there is no sample
     */
    public Batch {
        if (input.rank() == 0 || target.rank() == 0) {
            throw new IllegalArgumentException("batch: a batch axis is missing: input " + input.shape() + ", target "
                    + target.shape() + "; a single sample is a batch of one, use unsqueeze(0)");
        }
        if (input.dim(0) != target.dim(0)) {
            throw new IllegalArgumentException(
                    "batch: " + input.dim(0) + " inputs but " + target.dim(0) + " targets: shapes " + input.shape()
                            + " and " + target.shape() + "; the first dimensions must be equal");
        }
        if (input.dim(0) == 0) {
            throw new IllegalArgumentException("batch: there is no sample in it: input " + input.shape() + ", target "
                    + target.shape() + "; leave empty batches out");
        }
    }

    /** The number of samples, N. */
    public int size() {
        return input.dim(0);
    }
}
