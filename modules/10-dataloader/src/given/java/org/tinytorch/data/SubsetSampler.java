// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/SubsetSampler.java. Read it, don't edit it.
package org.tinytorch.data;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tinytorch.tensor.Generator;

/** Some samples, in the order given or in another order in each epoch. After {@code torch.utils.data.SubsetRandomSampler}. */
public final class SubsetSampler implements Sampler {
    private final int[] chosen;
    private final Optional<Generator> generator;

    private SubsetSampler(int[] chosen, Optional<Generator> generator) {
        if (chosen.length == 0) {
            throw new IllegalArgumentException("subset sampler: no sample is chosen");
        }
        this.chosen = chosen.clone();
        this.generator = generator;
    }

    /**
     * These samples, in this order.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static SubsetSampler of(int... chosen) {
        return new SubsetSampler(chosen, Optional.empty());
    }

    /**
     * The same samples, in a random order that differs by epoch.
     *
     * @param shuffler belongs to the result from now on
     */
    public SubsetSampler shuffled(Generator shuffler) {
        return new SubsetSampler(chosen, Optional.of(shuffler));
    }

    @Override
    public int size() {
        return chosen.length;
    }

    @Override
    public int[] indices() {
        return generator
                .map(random -> IntStream.of(random.permutation(chosen.length))
                        .map(i -> chosen[i])
                        .toArray())
                .orElseGet(chosen::clone);
    }

    @Override
    public List<Generator> generators() {
        return generator.stream().toList();
    }
}
