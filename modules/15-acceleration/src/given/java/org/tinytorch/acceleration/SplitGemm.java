// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/SplitGemm.java. Read it, don't edit it.
package org.tinytorch.acceleration;

/**
 * Splits the result among threads, by rows or by columns, whichever there are more of. No number of the result is summed up by two threads, so that it comes
 * out the same to the last bit however many there are.
 */
final class SplitGemm implements Gemm {
    /** Multiply-adds that take some three times as long as handing a part to another thread. */
    private static final long WORTH_A_THREAD = 150_000;

    /** Parts of columns begin at a multiple of this, which is one of every vector's length. */
    private static final int COLUMNS = 8;

    private final Gemm inner;
    private final Workers workers;
    private final long worthAThread;

    SplitGemm(Gemm inner, Workers workers) {
        this(inner, workers, WORTH_A_THREAD);
    }

    /** @param worthAThread multiply-adds from which on a part is handed over */
    SplitGemm(Gemm inner, Workers workers, long worthAThread) {
        this.inner = inner;
        this.workers = workers;
        this.worthAThread = worthAThread;
    }

    /** How many parts a piece of work is split into, at most one per thread. */
    static int parts(long multiplyAdds, int most, int threads) {
        return parts(multiplyAdds, WORTH_A_THREAD, most, threads);
    }

    private static int parts(long multiplyAdds, long worth, int most, int threads) {
        return (int) Math.max(1, Math.min(threads, Math.min(multiplyAdds / worth, most)));
    }

    @Override
    public void multiply(int m, int k, int n, Matrix a, Matrix b, Matrix c, boolean add) {
        int longer = Math.max(m, n);
        int grain = m >= n ? inner.tileRows() : COLUMNS; // each part but the last has whole tiles, or vectors, only
        int grains = (longer + grain - 1) / grain;
        int parts = parts((long) m * k * n, worthAThread, grains, workers.threads());
        workers.share(grains, parts, (first, end) -> {
            int from = first * grain;
            int to = Math.min(longer, end * grain);
            if (m >= n) {
                inner.multiply(to - from, k, n, a.from(from, 0), b, c.from(from, 0), add);
            } else {
                inner.multiply(m, k, to - from, a, b.from(0, from), c.from(0, from), add);
            }
        });
    }
}
