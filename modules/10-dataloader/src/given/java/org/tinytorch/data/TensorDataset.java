// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/TensorDataset.java. Read it, don't edit it.
package org.tinytorch.data;

import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.Batch;

/** Samples that are held in memory as numbers, after {@code torch.utils.data.TensorDataset}. */
public final class TensorDataset implements Dataset {
    private final Batch samples;

    /**
     * A dataset over these tensors, which are not copied.
     *
     * @param inputs {@code (N, …)}
     * @param targets {@code (N, …)}
     * @throws IllegalArgumentException if inputs and targets differ in number, or there are none
     */
    public TensorDataset(Tensor inputs, Tensor targets) {
        this.samples = new Batch(inputs, targets);
    }

    @Override
    public int size() {
        return samples.size();
    }

    @Override
    public Batch batch(int... indices) {
        return new Batch(Rows.select(samples.input(), indices), Rows.select(samples.target(), indices));
    }

    /** One batch of all samples: the tensors themselves. */
    public Batch all() {
        return samples;
    }

    /** The shape of one input. */
    public Shape inputShape() {
        return samples.input().shape().without(0);
    }

    /** For example {@code 200 samples (2,)}. */
    @Override
    public String toString() {
        return size() + " samples " + inputShape();
    }
}
