package org.tinytorch.acceleration;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loop of the matrix product: a tile of C, 8 rows by 3 vectors, held in 24 vector registers. Each step loads 3 vectors of B and multiplies
 * them by 8 numbers of A: 24 fused multiply-adds for 11 loads.
 *
 * <p>Written out by hand, because the just-in-time compiler keeps local variables in registers, but not the elements of an array of vectors.
 */
final class VectorKernel {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Rows of a tile. */
    static final int ROWS = 8;

    /** Columns of a tile. */
    static final int COLUMNS = 3 * LANES;

    private VectorKernel() {}

    /** Numbers in a vector. */
    static int lanes() {
        return LANES;
    }

    /**
     * {@code C += A·B} for one tile.
     *
     * @param a a panel packed by {@link Packing#rows}
     * @param b a panel packed by {@link Packing#columns}
     * @param cStride from one row of C to the next
     */
    static void addTile(
            int steps, double[] a, int aStart, double[] b, int bStart, double[] c, int cStart, int cStride) {
        DoubleVector c00 = DoubleVector.zero(SPECIES);
        DoubleVector c01 = DoubleVector.zero(SPECIES);
        DoubleVector c02 = DoubleVector.zero(SPECIES);
        DoubleVector c10 = DoubleVector.zero(SPECIES);
        DoubleVector c11 = DoubleVector.zero(SPECIES);
        DoubleVector c12 = DoubleVector.zero(SPECIES);
        DoubleVector c20 = DoubleVector.zero(SPECIES);
        DoubleVector c21 = DoubleVector.zero(SPECIES);
        DoubleVector c22 = DoubleVector.zero(SPECIES);
        DoubleVector c30 = DoubleVector.zero(SPECIES);
        DoubleVector c31 = DoubleVector.zero(SPECIES);
        DoubleVector c32 = DoubleVector.zero(SPECIES);
        DoubleVector c40 = DoubleVector.zero(SPECIES);
        DoubleVector c41 = DoubleVector.zero(SPECIES);
        DoubleVector c42 = DoubleVector.zero(SPECIES);
        DoubleVector c50 = DoubleVector.zero(SPECIES);
        DoubleVector c51 = DoubleVector.zero(SPECIES);
        DoubleVector c52 = DoubleVector.zero(SPECIES);
        DoubleVector c60 = DoubleVector.zero(SPECIES);
        DoubleVector c61 = DoubleVector.zero(SPECIES);
        DoubleVector c62 = DoubleVector.zero(SPECIES);
        DoubleVector c70 = DoubleVector.zero(SPECIES);
        DoubleVector c71 = DoubleVector.zero(SPECIES);
        DoubleVector c72 = DoubleVector.zero(SPECIES);
        for (int p = 0; p < steps; p++) {
            int aStep = aStart + p * ROWS;
            int bStep = bStart + p * COLUMNS;
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bStep);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bStep + LANES);
            DoubleVector b2 = DoubleVector.fromArray(SPECIES, b, bStep + 2 * LANES);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[aStep + 0]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            c02 = a0.fma(b2, c02);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[aStep + 1]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            c12 = a1.fma(b2, c12);
            DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[aStep + 2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            c22 = a2.fma(b2, c22);
            DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[aStep + 3]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            c32 = a3.fma(b2, c32);
            DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[aStep + 4]);
            c40 = a4.fma(b0, c40);
            c41 = a4.fma(b1, c41);
            c42 = a4.fma(b2, c42);
            DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[aStep + 5]);
            c50 = a5.fma(b0, c50);
            c51 = a5.fma(b1, c51);
            c52 = a5.fma(b2, c52);
            DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[aStep + 6]);
            c60 = a6.fma(b0, c60);
            c61 = a6.fma(b1, c61);
            c62 = a6.fma(b2, c62);
            DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[aStep + 7]);
            c70 = a7.fma(b0, c70);
            c71 = a7.fma(b1, c71);
            c72 = a7.fma(b2, c72);
        }
        add(c00, c, cStart);
        add(c01, c, cStart + LANES);
        add(c02, c, cStart + 2 * LANES);
        add(c10, c, cStart + cStride);
        add(c11, c, cStart + cStride + LANES);
        add(c12, c, cStart + cStride + 2 * LANES);
        add(c20, c, cStart + 2 * cStride);
        add(c21, c, cStart + 2 * cStride + LANES);
        add(c22, c, cStart + 2 * cStride + 2 * LANES);
        add(c30, c, cStart + 3 * cStride);
        add(c31, c, cStart + 3 * cStride + LANES);
        add(c32, c, cStart + 3 * cStride + 2 * LANES);
        add(c40, c, cStart + 4 * cStride);
        add(c41, c, cStart + 4 * cStride + LANES);
        add(c42, c, cStart + 4 * cStride + 2 * LANES);
        add(c50, c, cStart + 5 * cStride);
        add(c51, c, cStart + 5 * cStride + LANES);
        add(c52, c, cStart + 5 * cStride + 2 * LANES);
        add(c60, c, cStart + 6 * cStride);
        add(c61, c, cStart + 6 * cStride + LANES);
        add(c62, c, cStart + 6 * cStride + 2 * LANES);
        add(c70, c, cStart + 7 * cStride);
        add(c71, c, cStart + 7 * cStride + LANES);
        add(c72, c, cStart + 7 * cStride + 2 * LANES);
    }

    private static void add(DoubleVector sum, double[] c, int start) {
        sum.add(DoubleVector.fromArray(SPECIES, c, start)).intoArray(c, start);
    }
}
