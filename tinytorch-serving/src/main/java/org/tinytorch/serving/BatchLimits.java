package org.tinytorch.serving;

import java.time.Duration;

/**
 * How images of different requests are classified together: a model needs less time for a batch than for its images one by one. Immutable; each method gives other limits.
 *
 * @param size the most images in a batch; 1 for none together
 * @param queue how many images may wait; further ones are refused with status 429
 * @param patience how long a batch waits for further images, if the one before had several; a lone image does not wait
 */
public record BatchLimits(int size, int queue, Duration patience) {
    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if a number is not positive, or the time is negative
     */
    public BatchLimits {
        Ranges.atLeast("server: the size of a batch", size, 1);
        Ranges.atLeast("server: the queue of images", queue, 1);
        Ranges.notNegative("server: the wait of a batch", patience);
    }

    /** Up to 32 images in a batch, 256 in the queue, 1 ms of waiting. */
    public static BatchLimits defaults() {
        return new BatchLimits(32, 256, Duration.ofMillis(1));
    }

    /** The same with up to so many images in a batch. */
    public BatchLimits size(int most) {
        return new BatchLimits(most, queue, patience);
    }

    /** The same with up to so many images in the queue. */
    public BatchLimits queue(int most) {
        return new BatchLimits(size, most, patience);
    }

    /** The same with another time to wait for more. */
    public BatchLimits patience(Duration most) {
        return new BatchLimits(size, queue, most);
    }
}
