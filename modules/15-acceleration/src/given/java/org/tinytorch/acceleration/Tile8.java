// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/Tile8.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loop of the matrix product: a tile of C, 8 rows by 2 vectors, held in registers. Each step loads 2 vectors of B and multiplies them by 8 numbers of A: 16 fused multiply-adds for 10 loads. For processors with 32 vector registers (AVX-512).
 *
 * <p>A tile of 24 vectors, 8 rows by 3, would have a place in the registers if each number of A were loaded just before its use. But the just-in-time compiler of JDK 25 loads ahead, runs out of registers, and keeps a sum in memory, for which the next step then waits: a quarter of the speed is gone. Sixteen sums keep both multipliers of the processor busy.
 *
 * <p>Written out by hand, because the just-in-time compiler keeps local variables in registers, but not the elements of an array of vectors.
 */
final class Tile8 {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Rows of a tile. */
    static final int ROWS = 8;

    private Tile8() {}

    /**
     * A tile from packed panels.
     *
     * @param a a panel packed by {@link Packing}, {@code ROWS} numbers per step
     * @param b a panel packed by {@link Packing}, two vectors per step
     * @param cStride from one row of C to the next
     */
    static void packed(int steps, double[] a, int aStart, double[] b, int bStart, double[] c, int cStart, int cStride) {
        DoubleVector zero = DoubleVector.zero(SPECIES);
        DoubleVector c00 = zero;
        DoubleVector c01 = zero;
        DoubleVector c10 = zero;
        DoubleVector c11 = zero;
        DoubleVector c20 = zero;
        DoubleVector c21 = zero;
        DoubleVector c30 = zero;
        DoubleVector c31 = zero;
        DoubleVector c40 = zero;
        DoubleVector c41 = zero;
        DoubleVector c50 = zero;
        DoubleVector c51 = zero;
        DoubleVector c60 = zero;
        DoubleVector c61 = zero;
        DoubleVector c70 = zero;
        DoubleVector c71 = zero;
        int aEnd = aStart + steps * ROWS;
        int bAt = bStart;
        for (int aAt = aStart; aAt < aEnd; aAt += ROWS) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bAt);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bAt + LANES);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[aAt]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[aAt + 1]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[aAt + 2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[aAt + 3]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[aAt + 4]);
            c40 = a4.fma(b0, c40);
            c41 = a4.fma(b1, c41);
            DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[aAt + 5]);
            c50 = a5.fma(b0, c50);
            c51 = a5.fma(b1, c51);
            DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[aAt + 6]);
            c60 = a6.fma(b0, c60);
            c61 = a6.fma(b1, c61);
            DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[aAt + 7]);
            c70 = a7.fma(b0, c70);
            c71 = a7.fma(b1, c71);
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
        c50.intoArray(c, cStart + 5 * cStride);
        c51.intoArray(c, cStart + 5 * cStride + LANES);
        c60.intoArray(c, cStart + 6 * cStride);
        c61.intoArray(c, cStart + 6 * cStride + LANES);
        c70.intoArray(c, cStart + 7 * cStride);
        c71.intoArray(c, cStart + 7 * cStride + LANES);
    }

    /**
     * A tile from matrices as they lie.
     *
     * @param aRow from one row of A to the next
     * @param aStep from one step to the next in A
     * @param bStep from one step to the next in B
     * @param cStride from one row of C to the next
     */
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
        DoubleVector zero = DoubleVector.zero(SPECIES);
        DoubleVector c00 = zero;
        DoubleVector c01 = zero;
        DoubleVector c10 = zero;
        DoubleVector c11 = zero;
        DoubleVector c20 = zero;
        DoubleVector c21 = zero;
        DoubleVector c30 = zero;
        DoubleVector c31 = zero;
        DoubleVector c40 = zero;
        DoubleVector c41 = zero;
        DoubleVector c50 = zero;
        DoubleVector c51 = zero;
        DoubleVector c60 = zero;
        DoubleVector c61 = zero;
        DoubleVector c70 = zero;
        DoubleVector c71 = zero;
        int row2 = 2 * aRow;
        int row3 = 3 * aRow;
        int row4 = 4 * aRow;
        int row5 = 5 * aRow;
        int row6 = 6 * aRow;
        int row7 = 7 * aRow;
        int aAt = aStart;
        int bAt = bStart;
        for (int p = 0; p < steps; p++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bAt);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bAt + LANES);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[aAt]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[aAt + aRow]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[aAt + row2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[aAt + row3]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[aAt + row4]);
            c40 = a4.fma(b0, c40);
            c41 = a4.fma(b1, c41);
            DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[aAt + row5]);
            c50 = a5.fma(b0, c50);
            c51 = a5.fma(b1, c51);
            DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[aAt + row6]);
            c60 = a6.fma(b0, c60);
            c61 = a6.fma(b1, c61);
            DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[aAt + row7]);
            c70 = a7.fma(b0, c70);
            c71 = a7.fma(b1, c71);
            aAt += aStep;
            bAt += bStep;
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
        c50.intoArray(c, cStart + 5 * cStride);
        c51.intoArray(c, cStart + 5 * cStride + LANES);
        c60.intoArray(c, cStart + 6 * cStride);
        c61.intoArray(c, cStart + 6 * cStride + LANES);
        c70.intoArray(c, cStart + 7 * cStride);
        c71.intoArray(c, cStart + 7 * cStride + LANES);
    }
}
