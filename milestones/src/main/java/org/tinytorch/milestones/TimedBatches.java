package org.tinytorch.milestones;

import java.util.Iterator;
import java.util.List;
import org.tinytorch.data.DataLoader;
import org.tinytorch.tensor.Generator;
import org.tinytorch.training.Batch;
import org.tinytorch.training.Counted;
import org.tinytorch.training.Stochastic;

/** The batches of a loader, and how much of the time its reader had them in hand: the rest of the time it waited for the next one. */
final class TimedBatches implements Iterable<Batch>, Counted, Stochastic {
    private final DataLoader loader;
    private long nanos;
    private long waited;

    TimedBatches(DataLoader loader) {
        this.loader = loader;
    }

    /** The share of all epochs so far in which the reader did not wait, up to their last batch; 1 if there was none. */
    double busy() {
        return nanos == 0 ? 1 : 1 - (double) waited / nanos;
    }

    @Override
    public int count() {
        return loader.count();
    }

    @Override
    public List<Generator> generators() {
        return loader.generators();
    }

    @Override
    public Iterator<Batch> iterator() {
        return new Iterator<>() {
            private long last = System.nanoTime();
            private final Iterator<Batch> batches = loader.iterator();

            @Override
            public boolean hasNext() {
                return batches.hasNext();
            }

            @Override
            public Batch next() {
                long asked = System.nanoTime();
                Batch batch = batches.next();
                long now = System.nanoTime();
                waited += now - asked;
                nanos += now - last;
                last = now;
                return batch;
            }
        };
    }
}
