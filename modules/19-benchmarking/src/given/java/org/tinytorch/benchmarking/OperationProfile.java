// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/OperationProfile.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

/**
 * What was measured of one kind of operation on inputs of some shapes.
 *
 * @param name of the operation, such as {@code MatMul}
 * @param shapes of its inputs
 * @param calls how often it was computed
 * @param nanos time of all calls
 * @param allocated bytes of all calls, on the thread that called
 * @param cost of all calls
 * @param known whether the cost follows from a formula; else it is guessed as one FLOP for each number of the result
 */
public record OperationProfile(
        String name, String shapes, int calls, long nanos, long allocated, Cost cost, boolean known) {
    /** Floating-point operations in a second; 0 if it took no time. */
    public double flopsPerSecond() {
        return nanos == 0 ? 0 : cost.flops() / (nanos * 1e-9);
    }
}
