// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/LayerProfile.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

/**
 * What was measured of one layer, or of a named piece of code.
 *
 * @param path its dotted name as tables show it
 * @param kind its class
 * @param calls how often it ran to its end
 * @param totalNanos time from beginning to end, with all layers inside it
 * @param selfNanos time in the layer itself
 * @param totalAllocated bytes that were allocated from beginning to end
 * @param selfAllocated bytes that the layer itself allocated
 * @param cost of its own operations
 */
public record LayerProfile(
        String path,
        String kind,
        int calls,
        long totalNanos,
        long selfNanos,
        long totalAllocated,
        long selfAllocated,
        Cost cost) {
    /** Floating-point operations in a second of its own time; 0 if it took none. */
    public double flopsPerSecond() {
        return selfNanos == 0 ? 0 : cost.flops() / (selfNanos * 1e-9);
    }
}
