// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/spatial/BatchNorm1d.java. Read it, don't edit it.
package org.tinytorch.spatial;

import org.tinytorch.tensor.Shape;

/** {@link BatchNorm} of {@code (N, C)} or {@code (N, C, L)}, like {@code torch.nn.BatchNorm1d}. Keeps the shape. */
public final class BatchNorm1d extends BatchNorm {
    /** With eps 1e-5 and a momentum of 0.1, PyTorch's defaults. */
    public BatchNorm1d(int channels) {
        super(channels);
    }

    /**
     * With other constants.
     *
     * @param channels C, at least 1
     * @param eps added to the variance; positive
     * @param momentum the share of each batch in the running averages, from 0 to 1
     * @throws IllegalArgumentException if one is out of range
     */
    public BatchNorm1d(int channels, double eps, double momentum) {
        super(channels, eps, momentum);
    }

    @Override
    void checkShape(Shape x) {
        if (x.rank() != 2 && x.rank() != 3) {
            throw new IllegalArgumentException("batchNorm1d: input " + x + " is not (N, C) or (N, C, L)"
                    + (x.rank() == 4 ? "; use BatchNorm2d for images" : ""));
        }
    }
}
