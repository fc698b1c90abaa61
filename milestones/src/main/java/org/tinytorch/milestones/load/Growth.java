package org.tinytorch.milestones.load;

import java.util.List;
import java.util.Optional;

/**
 * How the server's heap and threads were in the first third of a run, and in its last.
 *
 * <p>Even without Eden, used heap goes up and down with collections of garbage, so two moments say nothing of each other. The least of a third of the run is nearest to what cannot be collected, and whatever is forgotten adds to
 * it. That holds only if garbage was collected in both thirds; if not, nothing is said of the heap. Threads come and go with the work, so the most of each third is taken.
 *
 * @param heapBefore bytes, the least of the first third
 * @param heapAfter bytes, the least of the last third
 * @param collected whether garbage was collected in both
 * @param threadsBefore the most of the first third
 * @param threadsAfter the most of the last third
 */
public record Growth(long heapBefore, long heapAfter, boolean collected, int threadsBefore, int threadsAfter) {
    private static final int LEAST_SAMPLES = 3;

    /** Of what was seen, in order; nothing if it was seen fewer than three times. */
    static Optional<Growth> of(List<ServerSample> samples) {
        if (samples.size() < LEAST_SAMPLES) {
            return Optional.empty();
        }
        int third = samples.size() / 3;
        List<ServerSample> first = samples.subList(0, third);
        List<ServerSample> last = samples.subList(samples.size() - third, samples.size());
        return Optional.of(new Growth(
                leastHeap(first),
                leastHeap(last),
                collected(first) && collected(last),
                mostThreads(first),
                mostThreads(last)));
    }

    private static long leastHeap(List<ServerSample> samples) {
        return samples.stream().mapToLong(ServerSample::heapBytes).min().orElseThrow();
    }

    private static int mostThreads(List<ServerSample> samples) {
        return samples.stream().mapToInt(ServerSample::threads).max().orElseThrow();
    }

    private static boolean collected(List<ServerSample> samples) {
        return samples.get(samples.size() - 1).collections() > samples.get(0).collections();
    }

    /** Bytes, negative if there are fewer than there were. */
    long heap() {
        return heapAfter - heapBefore;
    }

    /** Threads, negative if there are fewer than there were. */
    int threads() {
        return threadsAfter - threadsBefore;
    }
}
