// Yours: task 10.6. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/BatchPlan.java.
package org.tinytorch.data;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.tinytorch.training.Batch;

/** An epoch before any batch is made: which samples are in which. */
final class BatchPlan {
    private static final int SHOWN = 5;

    private final Dataset dataset;
    private final int[] order;
    private final long seed;
    private final int batchSize;
    private final int count;

    BatchPlan(Dataset dataset, int[] order, long seed, int batchSize, int count) {
        this.dataset = dataset;
        this.order = order;
        this.seed = seed;
        this.batchSize = batchSize;
        this.count = count;
    }

    /** The number of batches. */
    int count() {
        return count;
    }

    /** Makes a batch; any thread may. */
    Batch make(int number) {
        return dataset.batch(samples(number), seed);
    }

    /**
     * Which samples are in a batch: the next {@code batchSize} of {@code order}, or those that are left.
     *
     * <p>An order of {@code 4, 2, 0, 3, 1} and a batch size of 2: batch 0 has {@code 4, 2}, batch 1 has {@code 0, 3}, batch 2 has {@code 1}.
     *
     * @param number which batch, the first being 0
     */
    int[] samples(int number) {
        // region Task 10.6: which samples make a batch
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 10.6
        throw new UnsupportedOperationException(
                "Task 10.6: which samples make a batch is not written yet: ./tito hint 10.6");
        // endregion
    }

    /** For example {@code batch 3 of 10 (samples 5, 17, 2, 9, 40, …)}, the first batch being 1. */
    String describe(int number) {
        int[] samples = samples(number);
        String shown =
                Arrays.stream(samples).limit(SHOWN).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        return "batch " + (number + 1) + " of " + count + " (samples " + shown + (samples.length > SHOWN ? ", …" : "")
                + ")";
    }
}
