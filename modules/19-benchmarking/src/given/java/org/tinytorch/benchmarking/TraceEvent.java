// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/TraceEvent.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

/**
 * Something that began and ended while a profiler looked.
 *
 * @param name of a layer, a piece of code or an operation
 * @param isOperation whether it is an operation
 * @param detail the kind of a layer, or the shapes of an operation's inputs
 * @param startNanos when it began, from when the profiler was attached
 * @param nanos how long it took
 * @param allocated bytes, what is inside it included
 * @param cost of an operation; that of a layer is what its operations add up to, and not given here
 */
public record TraceEvent(
        String name, boolean isOperation, String detail, long startNanos, long nanos, long allocated, Cost cost) {}
