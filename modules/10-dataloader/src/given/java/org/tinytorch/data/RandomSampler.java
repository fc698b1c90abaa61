// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/RandomSampler.java. Read it, don't edit it.
package org.tinytorch.data;

import java.util.List;
import org.tinytorch.tensor.Generator;

/**
 * Every sample once, each epoch in another order. After {@code torch.utils.data.RandomSampler}.
 *
 * @param size the number of samples of the data set
 * @param generator belongs to this sampler from now on
 */
public record RandomSampler(int size, Generator generator) implements Sampler {
    @Override
    public int[] indices() {
        return generator.permutation(size);
    }

    @Override
    public List<Generator> generators() {
        return List.of(generator);
    }
}
