// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/FloatTile3.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * In single precision, the innermost loop of the matrix product: a tile of C, 3 rows by 3 vectors, held in registers. Each step loads 3 vectors of B and multiplies them
 * by 3 numbers of A: 9 fused multiply-adds for 6 loads; {@link Tile3} says why no more. For processors with 16 vector registers (AVX2).
 *
 * <p>Written out by hand, because the just-in-time compiler keeps local variables in registers, but not the elements of an array of vectors.
 */
final class FloatTile3 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Rows of a tile. */
    static final int ROWS = 3;

    private FloatTile3() {}

    /**
     * A tile of three vectors per row, from packed panels.
     *
     * @param a a panel packed by {@link Packing}, {@code ROWS} numbers per step
     * @param b a panel packed by {@link Packing}, three vectors per step
     * @param cStride from one row of C to the next
     */
    static void packed(int steps, float[] a, int aStart, float[] b, int bStart, float[] c, int cStart, int cStride) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector c00 = zero;
        FloatVector c01 = zero;
        FloatVector c02 = zero;
        FloatVector c10 = zero;
        FloatVector c11 = zero;
        FloatVector c12 = zero;
        FloatVector c20 = zero;
        FloatVector c21 = zero;
        FloatVector c22 = zero;
        int aEnd = aStart + steps * ROWS;
        int bAt = bStart;
        for (int aAt = aStart; aAt < aEnd; aAt += ROWS) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + LANES);
            FloatVector b2 = FloatVector.fromArray(SPECIES, b, bAt + 2 * LANES);
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[aAt]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            c02 = a0.fma(b2, c02);
            FloatVector a1 = FloatVector.broadcast(SPECIES, a[aAt + 1]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            c12 = a1.fma(b2, c12);
            FloatVector a2 = FloatVector.broadcast(SPECIES, a[aAt + 2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            c22 = a2.fma(b2, c22);
            bAt += 3 * LANES;
        }
        c00.intoArray(c, cStart);
        c01.intoArray(c, cStart + LANES);
        c02.intoArray(c, cStart + 2 * LANES);
        c10.intoArray(c, cStart + cStride);
        c11.intoArray(c, cStart + cStride + LANES);
        c12.intoArray(c, cStart + cStride + 2 * LANES);
        c20.intoArray(c, cStart + 2 * cStride);
        c21.intoArray(c, cStart + 2 * cStride + LANES);
        c22.intoArray(c, cStart + 2 * cStride + 2 * LANES);
    }
}
