// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/Tiles.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import jdk.incubator.vector.DoubleVector;

/** The tile that suits this processor's registers: {@link Tile8} with 512-bit vectors, {@link Tile5} with narrower ones. */
final class Tiles {
    /** Numbers in a vector. */
    static final int LANES = DoubleVector.SPECIES_PREFERRED.length();

    /** 512-bit vectors come with 32 registers, narrower ones with 16. */
    static final boolean WIDE = LANES >= 8;

    /** Rows of a tile. */
    static final int ROWS = WIDE ? Tile8.ROWS : Tile5.ROWS;

    /** Columns of a tile: two vectors. */
    static final int COLUMNS = 2 * LANES;

    private Tiles() {}

    /** A tile from packed panels. */
    static void packed(int steps, double[] a, int aStart, double[] b, int bStart, double[] c, int cStart, int cStride) {
        if (WIDE) {
            Tile8.packed(steps, a, aStart, b, bStart, c, cStart, cStride);
        } else {
            Tile5.packed(steps, a, aStart, b, bStart, c, cStart, cStride);
        }
    }

    /** A tile from matrices as they lie. */
    static void direct(
            int steps,
            double[] a,
            int aStart,
            int aRow,
            int aStep,
            double[] b,
            int bStart,
            int bStep,
            double[] c,
            int cStart,
            int cStride) {
        if (WIDE) {
            Tile8.direct(steps, a, aStart, aRow, aStep, b, bStart, bStep, c, cStart, cStride);
        } else {
            Tile5.direct(steps, a, aStart, aRow, aStep, b, bStart, bStep, c, cStart, cStride);
        }
    }
}
