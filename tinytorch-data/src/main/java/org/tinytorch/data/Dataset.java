package org.tinytorch.data;

import org.tinytorch.training.Batch;

/** A fixed number of samples, each an input and a target, that can be fetched in any order. After {@code torch.utils.data.Dataset}. */
public interface Dataset {
    /** The number of samples, at least 1. */
    int size();

    /**
     * Some samples together; a sample may be asked for twice.
     *
     * @param indices which samples, each in {@code 0 … size() − 1}; at least one
     * @return fresh tensors: inputs {@code (indices.length, …)} and targets {@code (indices.length, …)}, in the order asked for
     * @throws IndexOutOfBoundsException if there is no such sample
     */
    Batch batch(int... indices);
}
