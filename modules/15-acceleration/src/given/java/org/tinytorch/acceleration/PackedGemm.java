// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/PackedGemm.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.function.Supplier;

/**
 * The matrix product block by block, so that what the innermost loop reads is in the caches (Goto and van de Geijn, 2008).
 *
 * <p>Blocks of the right side ({@code DEPTH × WIDTH}) stay in the third-level cache while blocks of the left ({@code HEIGHT × DEPTH}, 320 KiB) come and go in the
 * second. Every number of C is summed up in the same order, whatever the tile it falls in, so that splitting the work does not change a bit.
 */
final class PackedGemm implements Gemm {
    /** The longest sum before C is written; deeper blocks write C less often, shallower ones leave more of the cache to the panels. */
    static final int DEPTH = 512;

    /** A multiple of every tile's rows. */
    static final int HEIGHT = 80;

    /** A multiple of every tile's columns. */
    static final int WIDTH = 2016;

    private final ThreadLocal<Panels> panels;

    /** @param panels makes the buffers of a thread */
    PackedGemm(Supplier<Panels> panels) {
        this.panels = ThreadLocal.withInitial(panels);
    }

    @Override
    public int tileRows() {
        return panels.get().tileRows();
    }

    @Override
    public void multiply(int m, int k, int n, Matrix a, Matrix b, Matrix c, boolean add) {
        Panels mine = panels.get();
        int depth = evenly(k, DEPTH);
        for (int j = 0; j < n; j += WIDTH) {
            int columns = Math.min(WIDTH, n - j);
            for (int p = 0; p < k; p += depth) {
                int steps = Math.min(depth, k - p);
                mine.packRight(b.from(p, j), steps, columns);
                for (int i = 0; i < m; i += HEIGHT) {
                    int rows = Math.min(HEIGHT, m - i);
                    mine.packLeft(a.from(i, p), rows, steps);
                    mine.multiply(rows, steps, columns, c.from(i, j), add || p > 0);
                }
            }
        }
    }

    /** The size of as few parts as possible, none larger than {@code most}. */
    private static int evenly(int size, int most) {
        int parts = (size + most - 1) / most;
        return (size + parts - 1) / parts;
    }
}
