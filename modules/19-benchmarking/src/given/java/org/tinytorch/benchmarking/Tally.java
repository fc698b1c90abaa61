// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/Tally.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

/** Sums that a profiler adds to. */
final class Tally {
    private final String name;
    private final String detail;
    private final boolean known;
    private int calls;
    private long totalNanos;
    private long selfNanos;
    private long totalAllocated;
    private long selfAllocated;
    private Cost cost = Cost.NONE;

    Tally(String name, String detail, boolean known) {
        this.name = name;
        this.detail = detail;
        this.known = known;
    }

    String name() {
        return name;
    }

    String detail() {
        return detail;
    }

    void calls(int more) {
        calls += more;
    }

    void time(long total, long self) {
        totalNanos += total;
        selfNanos += self;
    }

    void allocated(long total, long self) {
        totalAllocated += total;
        selfAllocated += self;
    }

    void cost(Cost more) {
        cost = cost.plus(more);
    }

    boolean isEmpty() {
        return calls == 0 && cost.equals(Cost.NONE) && totalNanos == 0;
    }

    LayerProfile asLayer() {
        return new LayerProfile(name, detail, calls, totalNanos, selfNanos, totalAllocated, selfAllocated, cost);
    }

    OperationProfile asOperation() {
        return new OperationProfile(name, detail, calls, totalNanos, totalAllocated, cost, known);
    }
}
