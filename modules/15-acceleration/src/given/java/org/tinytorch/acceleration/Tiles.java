// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/Tiles.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import jdk.incubator.vector.DoubleVector;

/** The tile that suits this processor's registers: {@link Tile8} with 512-bit vectors, {@link Tile3} with narrower ones. */
final class Tiles {
    /** Numbers in a vector. */
    static final int LANES = DoubleVector.SPECIES_PREFERRED.length();

    /** 512-bit vectors come with 32 registers, narrower ones with 16. */
    static final boolean WIDE = LANES >= 8;

    /** Rows of a tile. */
    static final int ROWS = WIDE ? Tile8.ROWS : Tile3.ROWS;

    private Tiles() {}

    /**
     * How many columns the next panel takes: three vectors, or two where that wastes less. One vector alone would leave the processor waiting for its sums, so
     * four are shared as two and two.
     *
     * @param columns how many are left, at least 1
     */
    static int width(int columns) {
        int vectors = (columns + LANES - 1) / LANES;
        return (vectors >= 3 && vectors != 4 ? 3 : 2) * LANES;
    }

    /** A tile from packed panels; {@code width} is the one of its panel. */
    static void packed(
            int width, int steps, double[] a, int aStart, double[] b, int bStart, double[] c, int cStart, int cStride) {
        if (width == 2 * LANES) {
            direct(width, steps, a, aStart, 1, ROWS, b, bStart, width, c, cStart, cStride);
        } else if (WIDE) {
            Tile8.packed(steps, a, aStart, b, bStart, c, cStart, cStride);
        } else {
            Tile3.packed(steps, a, aStart, b, bStart, c, cStart, cStride);
        }
    }

    /** A tile from matrices as they lie. */
    static void direct(
            int width,
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
        boolean three = width == 3 * LANES;
        if (WIDE && three) {
            Tile8.three(steps, a, aStart, aRow, aStep, b, bStart, bStep, c, cStart, cStride);
        } else if (WIDE) {
            Tile8.two(steps, a, aStart, aRow, aStep, b, bStart, bStep, c, cStart, cStride);
        } else if (three) {
            Tile3.three(steps, a, aStart, aRow, aStep, b, bStart, bStep, c, cStart, cStride);
        } else {
            Tile3.two(steps, a, aStart, aRow, aStep, b, bStart, bStep, c, cStart, cStride);
        }
    }
}
