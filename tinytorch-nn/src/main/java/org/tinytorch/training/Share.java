package org.tinytorch.training;

import java.util.function.IntPredicate;

/**
 * How many samples were right, of how many: what a metric counts over batches of any sizes. Immutable.
 *
 * @param right the samples that were right
 * @param seen all samples
 */
record Share(long right, long seen) {
    /** Nothing seen yet. */
    static final Share NONE = new Share(0, 0);

    /**
     * This and one batch more. With 3 of 4 so far, a batch of 2 samples, of which only sample 1 is right, makes 4 of 6:
     *
     * <pre>{@code
     * new Share(3, 4).plus(2, i -> i == 1)     // right 4, seen 6
     * }</pre>
     *
     * @param samples how many samples the batch has, N
     * @param isRight whether the sample with this index, {@code 0 … N − 1}, is right
     */
    Share plus(int samples, IntPredicate isRight) {
        // region Task 8.1: the share that is right, over unequal batches
        long more = 0;
        for (int i = 0; i < samples; i++) {
            if (isRight.test(i)) {
                more++;
            }
        }
        return new Share(right + more, seen + samples);
        // endregion
    }

    /**
     * The share itself, from 0 to 1.
     *
     * @param metric who asks, for the message
     * @throws IllegalStateException if no sample was seen
     */
    double value(String metric) {
        if (seen == 0) {
            throw new IllegalStateException(metric + ": no sample was seen yet; call update first");
        }
        return (double) right / seen;
    }
}
