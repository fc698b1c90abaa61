// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/Dataset.java. Read it, don't edit it.
package org.tinytorch.data;

import org.tinytorch.training.Batch;

/**
 * A fixed number of samples, each an input and a target, that can be fetched in any order. After {@code torch.utils.data.Dataset}.
 *
 * <p>A {@link DataLoader} with workers fetches from several threads at once; a data set that changes nothing when it is read is safe for that.
 */
public interface Dataset {
    /** The number of samples, at least 1. */
    int size();

    /**
     * Some samples together; a sample may be asked for twice. Where samples are drawn at random, they are those of epoch seed 0, always the same.
     *
     * @param indices which samples, each in {@code 0 … size() − 1}; at least one
     * @return fresh tensors: inputs {@code (indices.length, …)} and targets {@code (indices.length, …)}, in the order asked for
     * @throws IndexOutOfBoundsException if there is no such sample
     */
    Batch batch(int... indices);

    /**
     * Some samples as they look in one epoch. A data set that draws random numbers draws those of a sample from the seed and the sample's index alone,
     * so that neither the other samples of the batch nor the thread makes a difference. Others, and this default, ignore the seed.
     *
     * @param indices as in {@link #batch(int...)}
     * @param epochSeed the same in one epoch, another in the next
     */
    default Batch batch(int[] indices, long epochSeed) {
        return batch(indices);
    }

    /**
     * The same samples with their inputs transformed, one after the other, whenever they are fetched; targets stay.
     *
     * <pre>{@code
     * Dataset train = cifar.train().transformed(new RandomCrop(4), new RandomHorizontalFlip(), Normalize.fit(cifar.train()));
     * }</pre>
     */
    default Dataset transformed(Transform... transforms) {
        return new TransformedDataset(this, new Compose(transforms));
    }
}
