package org.tinytorch.milestones.load;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * How the server's Java was doing at one moment.
 *
 * <p>New objects are made in a part of the heap called Eden, which fills and is emptied again and again; how full it is says when one has looked, and nothing else. So it is left out: what counts is what has survived
 * a collection of garbage.
 *
 * @param heapBytes used of the heap without Eden
 * @param threads that live
 * @param collections of garbage since it started
 */
public record ServerSample(long heapBytes, int threads, long collections) {
    /** Eden, and what is no heap. Collectors without an Eden, such as ZGC, have pools of other names, which count. */
    private static final Pattern LEFT_OUT = Pattern.compile("Eden|CodeHeap|CodeCache|Code Cache|Metaspace|Class Space");

    /** From what the server says of itself, by the names that Prometheus's Java library gives; nothing if it does not say. */
    static Optional<ServerSample> of(PrometheusText metrics) {
        OptionalDouble heap = metrics.sum("jvm_memory_pool_used_bytes", labels -> !LEFT_OUT.matcher(labels)
                .find());
        OptionalDouble threads = metrics.sum("jvm_threads_current");
        OptionalDouble collections = metrics.sum("jvm_gc_collection_seconds_count");
        if (heap.isEmpty() || threads.isEmpty() || collections.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ServerSample(
                (long) heap.getAsDouble(), (int) threads.getAsDouble(), (long) collections.getAsDouble()));
    }
}
