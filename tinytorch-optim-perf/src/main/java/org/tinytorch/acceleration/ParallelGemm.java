package org.tinytorch.acceleration;

/**
 * Splits the result among threads, by rows or by columns, whichever there are more of. No number of the result is summed up by two threads, so that it comes
 * out the same to the last bit however many there are.
 */
final class ParallelGemm implements Gemm {
    /** Multiply-adds that take about as long as waking another thread. */
    private static final long WORTH_A_THREAD = 500_000;

    private final Gemm inner;
    private final Workers workers;

    ParallelGemm(Gemm inner, Workers workers) {
        this.inner = inner;
        this.workers = workers;
    }

    @Override
    public void addProduct(int m, int k, int n, Matrix a, Matrix b, Matrix c) {
        long work = (long) m * k * n;
        int most = Math.max(m, n);
        int parts = (int) Math.max(1, Math.min(workers.threads(), Math.min(work / WORTH_A_THREAD, most)));
        workers.run(parts, part -> {
            int from = (int) ((long) most * part / parts);
            int to = (int) ((long) most * (part + 1) / parts);
            if (m >= n) {
                inner.addProduct(to - from, k, n, a.fromRow(from), b, c.fromRow(from));
            } else {
                inner.addProduct(m, k, to - from, a, b.fromColumn(from), c.fromColumn(from));
            }
        });
    }
}
