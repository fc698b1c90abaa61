// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/Transform.java. Read it, don't edit it.
package org.tinytorch.data;

import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;

/**
 * Changes one sample on its way into a batch, after {@code torchvision.transforms}. Those of this package take an image {@code (channels, rows, columns)}.
 *
 * <p>It runs in the threads of a {@link DataLoader}, several samples at once. So it keeps no state, works with plain loops over the numbers, and leaves the
 * tensor that it gets as it was; if there is nothing to change, it may return that tensor.
 */
@FunctionalInterface
public interface Transform {
    /**
     * The changed sample.
     *
     * @param sample without a batch axis; not modified
     * @param random where all random numbers come from: the same state gives the same result
     * @throws IllegalArgumentException if the transform does not fit the sample's shape
     */
    Tensor apply(Tensor sample, Generator random);

    /** This transform, and another one on its result. */
    default Transform then(Transform next) {
        return new Compose(this, next);
    }
}
