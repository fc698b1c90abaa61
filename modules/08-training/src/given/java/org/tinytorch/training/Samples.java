// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/Samples.java. Read it, don't edit it.
package org.tinytorch.training;

import java.util.Iterator;
import java.util.List;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;

/**
 * One sample at a time: every batch holds a single one, as {@code (1, …)}. This is how the first networks were trained, and it is slow: what a
 * batch saves is measured in modules 09 and 10.
 */
public final class Samples implements Iterable<Batch>, Counted, Stochastic {
    private final Batches batches;

    private Samples(Batches batches) {
        this.batches = batches;
    }

    /**
     * The samples one by one, in order.
     *
     * @param inputs {@code (N, …)}
     * @param targets {@code (N, …)}
     * @throws IllegalArgumentException if inputs and targets differ in number, or there are none
     */
    public static Samples of(Tensor inputs, Tensor targets) {
        return new Samples(Batches.of(inputs, targets, 1));
    }

    /** The same samples in a new random order on each pass. */
    public Samples shuffled(Generator generator) {
        return new Samples(batches.shuffled(generator));
    }

    @Override
    public int count() {
        return batches.count();
    }

    @Override
    public List<Generator> generators() {
        return batches.generators();
    }

    @Override
    public Iterator<Batch> iterator() {
        return batches.iterator();
    }
}
