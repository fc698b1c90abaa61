package org.tinytorch.milestones.load;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How the server's Java was doing at one moment.
 *
 * @param heapBytes used of the heap, garbage included
 * @param threads that live
 * @param collections of garbage since it started
 */
public record ServerSample(long heapBytes, int threads, long collections) {
    /** From what the server says of itself, by the names that Prometheus's Java library gives; nothing if it does not say. */
    static Optional<ServerSample> of(PrometheusText metrics) {
        OptionalDouble heap = metrics.sum("jvm_memory_used_bytes", "area=\"heap\"");
        OptionalDouble threads = metrics.sum("jvm_threads_current", "");
        OptionalDouble collections = metrics.sum("jvm_gc_collection_seconds_count", "");
        if (heap.isEmpty() || threads.isEmpty() || collections.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ServerSample(
                (long) heap.getAsDouble(), (int) threads.getAsDouble(), (long) collections.getAsDouble()));
    }
}
