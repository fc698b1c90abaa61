// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/ConvolutionTile8.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of a convolution, for processors with 32 vector registers (AVX-512). The pixels that a tap meets lie in a row, so that a vector of neighbouring results is
 * summed up from vectors of pixels and single weights, or a vector of products of pixels and gradients for each weight.
 *
 * <p>Written out by hand, because the just-in-time compiler keeps local variables in registers, but not the elements of an array of vectors.
 */
final class ConvolutionTile8 {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Results whose weights are packed together, or gradients that are multiplied together. */
    static final int ROWS = 8;

    /** Weights whose gradients are summed up together. */
    static final int TAPS = 3;

    private ConvolutionTile8() {}

    /**
     * Two vectors of results for each of 8 outputs: the starting value plus, tap by tap, a weight times the pixels there.
     *
     * @param weights a packed panel: 8 starting values, then 8 weights for each tap
     * @param taps where the pixels of each tap lie, seen from a result's own place
     * @param first where the pixels of the first vector lie
     * @param second the same for the second
     * @param least results below it are raised to it
     * @param out receives 8 rows of two vectors
     */
    static void sums(
            int steps,
            double[] weights,
            int at,
            int[] taps,
            double[] pixels,
            int first,
            int second,
            double least,
            double[] out,
            int outFirst,
            int outSecond,
            int outStride) {
        DoubleVector s00 = DoubleVector.broadcast(SPECIES, weights[at + 0]);
        DoubleVector s01 = s00;
        DoubleVector s10 = DoubleVector.broadcast(SPECIES, weights[at + 1]);
        DoubleVector s11 = s10;
        DoubleVector s20 = DoubleVector.broadcast(SPECIES, weights[at + 2]);
        DoubleVector s21 = s20;
        DoubleVector s30 = DoubleVector.broadcast(SPECIES, weights[at + 3]);
        DoubleVector s31 = s30;
        DoubleVector s40 = DoubleVector.broadcast(SPECIES, weights[at + 4]);
        DoubleVector s41 = s40;
        DoubleVector s50 = DoubleVector.broadcast(SPECIES, weights[at + 5]);
        DoubleVector s51 = s50;
        DoubleVector s60 = DoubleVector.broadcast(SPECIES, weights[at + 6]);
        DoubleVector s61 = s60;
        DoubleVector s70 = DoubleVector.broadcast(SPECIES, weights[at + 7]);
        DoubleVector s71 = s70;
        int w = at + ROWS;
        for (int step = 0; step < steps; step++) {
            int tap = taps[step];
            DoubleVector p0 = DoubleVector.fromArray(SPECIES, pixels, first + tap);
            DoubleVector p1 = DoubleVector.fromArray(SPECIES, pixels, second + tap);
            DoubleVector w0 = DoubleVector.broadcast(SPECIES, weights[w + 0]);
            s00 = w0.fma(p0, s00);
            s01 = w0.fma(p1, s01);
            DoubleVector w1 = DoubleVector.broadcast(SPECIES, weights[w + 1]);
            s10 = w1.fma(p0, s10);
            s11 = w1.fma(p1, s11);
            DoubleVector w2 = DoubleVector.broadcast(SPECIES, weights[w + 2]);
            s20 = w2.fma(p0, s20);
            s21 = w2.fma(p1, s21);
            DoubleVector w3 = DoubleVector.broadcast(SPECIES, weights[w + 3]);
            s30 = w3.fma(p0, s30);
            s31 = w3.fma(p1, s31);
            DoubleVector w4 = DoubleVector.broadcast(SPECIES, weights[w + 4]);
            s40 = w4.fma(p0, s40);
            s41 = w4.fma(p1, s41);
            DoubleVector w5 = DoubleVector.broadcast(SPECIES, weights[w + 5]);
            s50 = w5.fma(p0, s50);
            s51 = w5.fma(p1, s51);
            DoubleVector w6 = DoubleVector.broadcast(SPECIES, weights[w + 6]);
            s60 = w6.fma(p0, s60);
            s61 = w6.fma(p1, s61);
            DoubleVector w7 = DoubleVector.broadcast(SPECIES, weights[w + 7]);
            s70 = w7.fma(p0, s70);
            s71 = w7.fma(p1, s71);
            w += ROWS;
        }
        DoubleVector floor = DoubleVector.broadcast(SPECIES, least);
        floor.max(s00).intoArray(out, outFirst);
        floor.max(s01).intoArray(out, outSecond);
        floor.max(s10).intoArray(out, outFirst + outStride);
        floor.max(s11).intoArray(out, outSecond + outStride);
        floor.max(s20).intoArray(out, outFirst + 2 * outStride);
        floor.max(s21).intoArray(out, outSecond + 2 * outStride);
        floor.max(s30).intoArray(out, outFirst + 3 * outStride);
        floor.max(s31).intoArray(out, outSecond + 3 * outStride);
        floor.max(s40).intoArray(out, outFirst + 4 * outStride);
        floor.max(s41).intoArray(out, outSecond + 4 * outStride);
        floor.max(s50).intoArray(out, outFirst + 5 * outStride);
        floor.max(s51).intoArray(out, outSecond + 5 * outStride);
        floor.max(s60).intoArray(out, outFirst + 6 * outStride);
        floor.max(s61).intoArray(out, outSecond + 6 * outStride);
        floor.max(s70).intoArray(out, outFirst + 7 * outStride);
        floor.max(s71).intoArray(out, outSecond + 7 * outStride);
    }

    /**
     * For each of 8 outputs and 3 taps, adds the products of gradients and pixels to as many partial sums as a vector has lanes.
     *
     * @param vectors how many of each
     * @param gradients a vector of each output, then the next of each
     * @param starts where the pixels of each vector lie, seen from a tap's first
     * @param sums the partial sums of the first output's taps, then of the second's, and so on
     */
    static void products(
            int vectors,
            double[] gradients,
            int gradientsAt,
            double[] pixels,
            int[] starts,
            int first,
            int tap0,
            int tap1,
            int tap2,
            double[] sums,
            int at) {
        DoubleVector s00 = DoubleVector.fromArray(SPECIES, sums, at);
        DoubleVector s01 = DoubleVector.fromArray(SPECIES, sums, at + LANES);
        DoubleVector s02 = DoubleVector.fromArray(SPECIES, sums, at + 2 * LANES);
        DoubleVector s10 = DoubleVector.fromArray(SPECIES, sums, at + 3 * LANES);
        DoubleVector s11 = DoubleVector.fromArray(SPECIES, sums, at + 4 * LANES);
        DoubleVector s12 = DoubleVector.fromArray(SPECIES, sums, at + 5 * LANES);
        DoubleVector s20 = DoubleVector.fromArray(SPECIES, sums, at + 6 * LANES);
        DoubleVector s21 = DoubleVector.fromArray(SPECIES, sums, at + 7 * LANES);
        DoubleVector s22 = DoubleVector.fromArray(SPECIES, sums, at + 8 * LANES);
        DoubleVector s30 = DoubleVector.fromArray(SPECIES, sums, at + 9 * LANES);
        DoubleVector s31 = DoubleVector.fromArray(SPECIES, sums, at + 10 * LANES);
        DoubleVector s32 = DoubleVector.fromArray(SPECIES, sums, at + 11 * LANES);
        DoubleVector s40 = DoubleVector.fromArray(SPECIES, sums, at + 12 * LANES);
        DoubleVector s41 = DoubleVector.fromArray(SPECIES, sums, at + 13 * LANES);
        DoubleVector s42 = DoubleVector.fromArray(SPECIES, sums, at + 14 * LANES);
        DoubleVector s50 = DoubleVector.fromArray(SPECIES, sums, at + 15 * LANES);
        DoubleVector s51 = DoubleVector.fromArray(SPECIES, sums, at + 16 * LANES);
        DoubleVector s52 = DoubleVector.fromArray(SPECIES, sums, at + 17 * LANES);
        DoubleVector s60 = DoubleVector.fromArray(SPECIES, sums, at + 18 * LANES);
        DoubleVector s61 = DoubleVector.fromArray(SPECIES, sums, at + 19 * LANES);
        DoubleVector s62 = DoubleVector.fromArray(SPECIES, sums, at + 20 * LANES);
        DoubleVector s70 = DoubleVector.fromArray(SPECIES, sums, at + 21 * LANES);
        DoubleVector s71 = DoubleVector.fromArray(SPECIES, sums, at + 22 * LANES);
        DoubleVector s72 = DoubleVector.fromArray(SPECIES, sums, at + 23 * LANES);
        int g = gradientsAt;
        for (int i = first; i < first + vectors; i++) {
            int start = starts[i];
            DoubleVector p0 = DoubleVector.fromArray(SPECIES, pixels, start + tap0);
            DoubleVector p1 = DoubleVector.fromArray(SPECIES, pixels, start + tap1);
            DoubleVector p2 = DoubleVector.fromArray(SPECIES, pixels, start + tap2);
            DoubleVector g0 = DoubleVector.fromArray(SPECIES, gradients, g);
            s00 = g0.fma(p0, s00);
            s01 = g0.fma(p1, s01);
            s02 = g0.fma(p2, s02);
            DoubleVector g1 = DoubleVector.fromArray(SPECIES, gradients, g + LANES);
            s10 = g1.fma(p0, s10);
            s11 = g1.fma(p1, s11);
            s12 = g1.fma(p2, s12);
            DoubleVector g2 = DoubleVector.fromArray(SPECIES, gradients, g + 2 * LANES);
            s20 = g2.fma(p0, s20);
            s21 = g2.fma(p1, s21);
            s22 = g2.fma(p2, s22);
            DoubleVector g3 = DoubleVector.fromArray(SPECIES, gradients, g + 3 * LANES);
            s30 = g3.fma(p0, s30);
            s31 = g3.fma(p1, s31);
            s32 = g3.fma(p2, s32);
            DoubleVector g4 = DoubleVector.fromArray(SPECIES, gradients, g + 4 * LANES);
            s40 = g4.fma(p0, s40);
            s41 = g4.fma(p1, s41);
            s42 = g4.fma(p2, s42);
            DoubleVector g5 = DoubleVector.fromArray(SPECIES, gradients, g + 5 * LANES);
            s50 = g5.fma(p0, s50);
            s51 = g5.fma(p1, s51);
            s52 = g5.fma(p2, s52);
            DoubleVector g6 = DoubleVector.fromArray(SPECIES, gradients, g + 6 * LANES);
            s60 = g6.fma(p0, s60);
            s61 = g6.fma(p1, s61);
            s62 = g6.fma(p2, s62);
            DoubleVector g7 = DoubleVector.fromArray(SPECIES, gradients, g + 7 * LANES);
            s70 = g7.fma(p0, s70);
            s71 = g7.fma(p1, s71);
            s72 = g7.fma(p2, s72);
            g += ROWS * LANES;
        }
        s00.intoArray(sums, at);
        s01.intoArray(sums, at + LANES);
        s02.intoArray(sums, at + 2 * LANES);
        s10.intoArray(sums, at + 3 * LANES);
        s11.intoArray(sums, at + 4 * LANES);
        s12.intoArray(sums, at + 5 * LANES);
        s20.intoArray(sums, at + 6 * LANES);
        s21.intoArray(sums, at + 7 * LANES);
        s22.intoArray(sums, at + 8 * LANES);
        s30.intoArray(sums, at + 9 * LANES);
        s31.intoArray(sums, at + 10 * LANES);
        s32.intoArray(sums, at + 11 * LANES);
        s40.intoArray(sums, at + 12 * LANES);
        s41.intoArray(sums, at + 13 * LANES);
        s42.intoArray(sums, at + 14 * LANES);
        s50.intoArray(sums, at + 15 * LANES);
        s51.intoArray(sums, at + 16 * LANES);
        s52.intoArray(sums, at + 17 * LANES);
        s60.intoArray(sums, at + 18 * LANES);
        s61.intoArray(sums, at + 19 * LANES);
        s62.intoArray(sums, at + 20 * LANES);
        s70.intoArray(sums, at + 21 * LANES);
        s71.intoArray(sums, at + 22 * LANES);
        s72.intoArray(sums, at + 23 * LANES);
    }
}
