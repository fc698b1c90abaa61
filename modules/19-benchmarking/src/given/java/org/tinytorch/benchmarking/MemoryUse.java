// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/MemoryUse.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

/**
 * The memory that a run took; see {@link MemoryMeter} for what these numbers can't see.
 *
 * @param allocatedBytes what all threads allocated, whether or not it was garbage soon
 * @param usedBefore bytes of the heap in use when the run began
 * @param peakBytes the most that was in use during the run; at most the sum of the peaks of the heap's parts
 */
public record MemoryUse(long allocatedBytes, long usedBefore, long peakBytes) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is negative, or the peak below what was there before
     */
    public MemoryUse {
        if (allocatedBytes < 0 || usedBefore < 0 || peakBytes < usedBefore) {
            throw new IllegalArgumentException("memory use: " + allocatedBytes + " bytes allocated, " + usedBefore
                    + " before and a peak of " + peakBytes
                    + " cannot be; nothing is negative, and the peak is no less than what was there before");
        }
    }

    /** By how much the heap grew at its peak. */
    public long growthBytes() {
        return peakBytes - usedBefore;
    }

    /** For example {@code 48.2 MiB allocated, peak of the heap 61.0 MiB (51.0 MiB more than before)}. */
    @Override
    public String toString() {
        return Units.bytes(allocatedBytes) + " allocated, peak of the heap " + Units.bytes(peakBytes) + " ("
                + Units.bytes(growthBytes()) + " more than before)";
    }
}
