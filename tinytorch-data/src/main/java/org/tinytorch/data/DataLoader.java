package org.tinytorch.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tinytorch.tensor.Generator;
import org.tinytorch.training.Batch;
import org.tinytorch.training.Counted;
import org.tinytorch.training.Stochastic;

/**
 * Hands out a dataset batch by batch, after {@code torch.utils.data.DataLoader}. Every {@link #iterator()} is one epoch: it visits each sample once,
 * in order or shuffled. The last batch may be smaller.
 *
 * <pre>{@code
 * for (Batch batch : DataLoader.of(digits, 32).shuffled(new Generator(1))) { … }
 * }</pre>
 *
 * <p>A tensor is made when its batch is asked for; until then a sample stays in the form that the dataset keeps it in.
 */
public final class DataLoader implements Iterable<Batch>, Counted, Stochastic {
    private final Dataset dataset;
    private final int batchSize;
    private final Optional<Generator> shuffle;

    private DataLoader(Dataset dataset, int batchSize, Optional<Generator> shuffle) {
        this.dataset = dataset;
        this.batchSize = batchSize;
        this.shuffle = shuffle;
    }

    /**
     * Batches in the order of the dataset.
     *
     * @param batchSize samples in a batch, at least 1
     * @throws IllegalArgumentException if the batch size is not positive, or the dataset is empty
     */
    public static DataLoader of(Dataset dataset, int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException(
                    "data loader: a batch size of " + batchSize + " is not possible; use at least 1");
        }
        if (dataset.size() < 1) {
            throw new IllegalArgumentException("data loader: the dataset is empty; there is nothing to learn from");
        }
        return new DataLoader(dataset, batchSize, Optional.empty());
    }

    /**
     * The same samples in another order in each epoch. The order is drawn from the generator when an epoch begins, so that the generator's state at
     * that moment is all that is needed to repeat it.
     *
     * @param generator belongs to this loader from now on
     */
    public DataLoader shuffled(Generator generator) {
        return new DataLoader(dataset, batchSize, Optional.of(generator));
    }

    /** The number of batches in an epoch. */
    @Override
    public int count() {
        return (int) (((long) dataset.size() + batchSize - 1) / batchSize);
    }

    /** The number of samples in an epoch. */
    public int sampleCount() {
        return dataset.size();
    }

    @Override
    public List<Generator> generators() {
        return shuffle.stream().toList();
    }

    /** One epoch. */
    @Override
    public Iterator<Batch> iterator() {
        int[] order = shuffle.map(generator -> generator.permutation(dataset.size()))
                .orElseGet(() -> IntStream.range(0, dataset.size()).toArray());
        return new Epoch(order);
    }

    private final class Epoch implements Iterator<Batch> {
        private final int[] order;
        private int next;

        private Epoch(int[] order) {
            this.order = order;
        }

        @Override
        public boolean hasNext() {
            return next < order.length;
        }

        @Override
        public Batch next() {
            if (!hasNext()) {
                throw new NoSuchElementException(
                        "data loader: all " + order.length + " samples of this epoch were handed out");
            }
            int end = (int) Math.min(order.length, (long) next + batchSize);
            Batch batch = dataset.batch(Arrays.copyOfRange(order, next, end));
            next = end;
            return batch;
        }
    }
}
