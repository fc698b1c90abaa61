// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/Batches.java. Read it, don't edit it.
package org.tinytorch.training;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Batches over samples held in memory, in order or shuffled anew for each epoch: every {@link #iterator()} is one pass over all samples. The last
 * batch may be smaller.
 *
 * <pre>{@code
 * Batches train = Batches.of(x, y, 32).shuffled(new Generator(1));
 * }</pre>
 *
 * <p>Module 10 loads what does not fit in memory; until then this, or {@link Samples}, is all that training needs.
 */
public final class Batches implements Iterable<Batch>, Counted, Stochastic {
    private final Batch samples;
    private final int batchSize;
    private final Optional<Generator> shuffle;

    private Batches(Batch samples, int batchSize, Optional<Generator> shuffle) {
        this.samples = samples;
        this.batchSize = batchSize;
        this.shuffle = shuffle;
    }

    /**
     * Batches in the order of the samples.
     *
     * @param inputs {@code (N, …)}
     * @param targets {@code (N, …)}
     * @param batchSize samples in a batch, at least 1; the last batch holds what is left
     * @throws IllegalArgumentException if inputs and targets differ in number, there are none, or the batch size is not positive
     */
    public static Batches of(Tensor inputs, Tensor targets, int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException(
                    "batches: a batch size of " + batchSize + " is not possible; use at least 1");
        }
        return new Batches(new Batch(inputs, targets), batchSize, Optional.empty());
    }

    /** The same samples in a new random order on each pass, drawn from the generator when the pass begins. */
    public Batches shuffled(Generator generator) {
        return new Batches(samples, batchSize, Optional.of(generator));
    }

    @Override
    public int count() {
        return (samples.size() - 1) / batchSize + 1; // rounded up; there is at least one sample
    }

    /** The number of samples in one pass. */
    public int sampleCount() {
        return samples.size();
    }

    @Override
    public List<Generator> generators() {
        return shuffle.stream().toList();
    }

    @Override
    public Iterator<Batch> iterator() {
        int[] order = shuffle.map(generator -> generator.permutation(samples.size()))
                .orElseGet(() -> inOrder(samples.size()));
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < order.length;
            }

            @Override
            public Batch next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("batches: all " + samples.size() + " samples were visited");
                }
                int end = (int) Math.min(order.length, (long) next + batchSize);
                Batch batch =
                        new Batch(rows(samples.input(), order, next, end), rows(samples.target(), order, next, end));
                next = end;
                return batch;
            }
        };
    }

    private static int[] inOrder(int n) {
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        return order;
    }

    /** The rows {@code order[from] … order[to − 1]} along the first axis, copied. Data is not computed: it goes by no backend and no tape. */
    private static Tensor rows(Tensor all, int[] order, int from, int to) {
        Shape shape = all.shape().with(0, to - from);
        int row = all.size() / all.dim(0);
        double[] data = new double[shape.size()];
        for (int i = from; i < to; i++) {
            System.arraycopy(all.data(), order[i] * row, data, (i - from) * row, row);
        }
        return Tensors.of(data, shape);
    }
}
