// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/SequentialSampler.java. Read it, don't edit it.
package org.tinytorch.data;

import java.util.stream.IntStream;

/**
 * Every sample once, in order. After {@code torch.utils.data.SequentialSampler}.
 *
 * @param size the number of samples of the data set
 */
public record SequentialSampler(int size) implements Sampler {
    @Override
    public int[] indices() {
        return IntStream.range(0, size).toArray();
    }
}
