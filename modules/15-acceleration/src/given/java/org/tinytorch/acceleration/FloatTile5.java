// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/FloatTile5.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * In single precision, the innermost loop of the matrix product: what {@link Tile5} is for doubles. For processors with 16 vector registers (AVX2).
 *
 * <p>Written out by hand, because the just-in-time compiler keeps local variables in registers, but not the elements of an array of vectors.
 */
final class FloatTile5 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Rows of a tile. */
    static final int ROWS = 5;

    private FloatTile5() {}

    /**
     * A tile from packed panels.
     *
     * @param a a panel packed by {@link FloatPacking}, {@code ROWS} numbers per step
     * @param b a panel packed by {@link FloatPacking}, two vectors per step
     * @param cStride from one row of C to the next
     */
    static void packed(int steps, float[] a, int aStart, float[] b, int bStart, float[] c, int cStart, int cStride) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector c00 = zero;
        FloatVector c01 = zero;
        FloatVector c10 = zero;
        FloatVector c11 = zero;
        FloatVector c20 = zero;
        FloatVector c21 = zero;
        FloatVector c30 = zero;
        FloatVector c31 = zero;
        FloatVector c40 = zero;
        FloatVector c41 = zero;
        int aEnd = aStart + steps * ROWS;
        int bAt = bStart;
        for (int aAt = aStart; aAt < aEnd; aAt += ROWS) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + LANES);
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[aAt]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            FloatVector a1 = FloatVector.broadcast(SPECIES, a[aAt + 1]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            FloatVector a2 = FloatVector.broadcast(SPECIES, a[aAt + 2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            FloatVector a3 = FloatVector.broadcast(SPECIES, a[aAt + 3]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            FloatVector a4 = FloatVector.broadcast(SPECIES, a[aAt + 4]);
            c40 = a4.fma(b0, c40);
            c41 = a4.fma(b1, c41);
            bAt += 2 * LANES;
        }
        c00.intoArray(c, cStart);
        c01.intoArray(c, cStart + LANES);
        c10.intoArray(c, cStart + cStride);
        c11.intoArray(c, cStart + cStride + LANES);
        c20.intoArray(c, cStart + 2 * cStride);
        c21.intoArray(c, cStart + 2 * cStride + LANES);
        c30.intoArray(c, cStart + 3 * cStride);
        c31.intoArray(c, cStart + 3 * cStride + LANES);
        c40.intoArray(c, cStart + 4 * cStride);
        c41.intoArray(c, cStart + 4 * cStride + LANES);
    }
}
