// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/FloatConvolutionTile8.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * In single precision, the innermost loops of a convolution, for processors with 32 vector registers (AVX-512). The pixels that a tap meets lie in a row, so that a vector of neighbouring results is
 * summed up from vectors of pixels and single weights, or a vector of products of pixels and gradients for each weight.
 *
 * <p>Written out by hand, because the just-in-time compiler keeps local variables in registers, but not the elements of an array of vectors.
 */
final class FloatConvolutionTile8 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Results whose weights are packed together, or gradients that are multiplied together. */
    static final int ROWS = 8;

    /** Weights whose gradients are summed up together. */
    static final int TAPS = 3;

    private FloatConvolutionTile8() {}

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
            float[] weights,
            int at,
            int[] taps,
            float[] pixels,
            int first,
            int second,
            float least,
            float[] out,
            int outFirst,
            int outSecond,
            int outStride) {
        FloatVector s00 = FloatVector.broadcast(SPECIES, weights[at + 0]);
        FloatVector s01 = s00;
        FloatVector s10 = FloatVector.broadcast(SPECIES, weights[at + 1]);
        FloatVector s11 = s10;
        FloatVector s20 = FloatVector.broadcast(SPECIES, weights[at + 2]);
        FloatVector s21 = s20;
        FloatVector s30 = FloatVector.broadcast(SPECIES, weights[at + 3]);
        FloatVector s31 = s30;
        FloatVector s40 = FloatVector.broadcast(SPECIES, weights[at + 4]);
        FloatVector s41 = s40;
        FloatVector s50 = FloatVector.broadcast(SPECIES, weights[at + 5]);
        FloatVector s51 = s50;
        FloatVector s60 = FloatVector.broadcast(SPECIES, weights[at + 6]);
        FloatVector s61 = s60;
        FloatVector s70 = FloatVector.broadcast(SPECIES, weights[at + 7]);
        FloatVector s71 = s70;
        int w = at + ROWS;
        for (int step = 0; step < steps; step++) {
            int tap = taps[step];
            FloatVector p0 = FloatVector.fromArray(SPECIES, pixels, first + tap);
            FloatVector p1 = FloatVector.fromArray(SPECIES, pixels, second + tap);
            FloatVector w0 = FloatVector.broadcast(SPECIES, weights[w + 0]);
            s00 = w0.fma(p0, s00);
            s01 = w0.fma(p1, s01);
            FloatVector w1 = FloatVector.broadcast(SPECIES, weights[w + 1]);
            s10 = w1.fma(p0, s10);
            s11 = w1.fma(p1, s11);
            FloatVector w2 = FloatVector.broadcast(SPECIES, weights[w + 2]);
            s20 = w2.fma(p0, s20);
            s21 = w2.fma(p1, s21);
            FloatVector w3 = FloatVector.broadcast(SPECIES, weights[w + 3]);
            s30 = w3.fma(p0, s30);
            s31 = w3.fma(p1, s31);
            FloatVector w4 = FloatVector.broadcast(SPECIES, weights[w + 4]);
            s40 = w4.fma(p0, s40);
            s41 = w4.fma(p1, s41);
            FloatVector w5 = FloatVector.broadcast(SPECIES, weights[w + 5]);
            s50 = w5.fma(p0, s50);
            s51 = w5.fma(p1, s51);
            FloatVector w6 = FloatVector.broadcast(SPECIES, weights[w + 6]);
            s60 = w6.fma(p0, s60);
            s61 = w6.fma(p1, s61);
            FloatVector w7 = FloatVector.broadcast(SPECIES, weights[w + 7]);
            s70 = w7.fma(p0, s70);
            s71 = w7.fma(p1, s71);
            w += ROWS;
        }
        FloatVector floor = FloatVector.broadcast(SPECIES, least);
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
            float[] gradients,
            int gradientsAt,
            float[] pixels,
            int[] starts,
            int first,
            int tap0,
            int tap1,
            int tap2,
            float[] sums,
            int at) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, sums, at);
        FloatVector s01 = FloatVector.fromArray(SPECIES, sums, at + LANES);
        FloatVector s02 = FloatVector.fromArray(SPECIES, sums, at + 2 * LANES);
        FloatVector s10 = FloatVector.fromArray(SPECIES, sums, at + 3 * LANES);
        FloatVector s11 = FloatVector.fromArray(SPECIES, sums, at + 4 * LANES);
        FloatVector s12 = FloatVector.fromArray(SPECIES, sums, at + 5 * LANES);
        FloatVector s20 = FloatVector.fromArray(SPECIES, sums, at + 6 * LANES);
        FloatVector s21 = FloatVector.fromArray(SPECIES, sums, at + 7 * LANES);
        FloatVector s22 = FloatVector.fromArray(SPECIES, sums, at + 8 * LANES);
        FloatVector s30 = FloatVector.fromArray(SPECIES, sums, at + 9 * LANES);
        FloatVector s31 = FloatVector.fromArray(SPECIES, sums, at + 10 * LANES);
        FloatVector s32 = FloatVector.fromArray(SPECIES, sums, at + 11 * LANES);
        FloatVector s40 = FloatVector.fromArray(SPECIES, sums, at + 12 * LANES);
        FloatVector s41 = FloatVector.fromArray(SPECIES, sums, at + 13 * LANES);
        FloatVector s42 = FloatVector.fromArray(SPECIES, sums, at + 14 * LANES);
        FloatVector s50 = FloatVector.fromArray(SPECIES, sums, at + 15 * LANES);
        FloatVector s51 = FloatVector.fromArray(SPECIES, sums, at + 16 * LANES);
        FloatVector s52 = FloatVector.fromArray(SPECIES, sums, at + 17 * LANES);
        FloatVector s60 = FloatVector.fromArray(SPECIES, sums, at + 18 * LANES);
        FloatVector s61 = FloatVector.fromArray(SPECIES, sums, at + 19 * LANES);
        FloatVector s62 = FloatVector.fromArray(SPECIES, sums, at + 20 * LANES);
        FloatVector s70 = FloatVector.fromArray(SPECIES, sums, at + 21 * LANES);
        FloatVector s71 = FloatVector.fromArray(SPECIES, sums, at + 22 * LANES);
        FloatVector s72 = FloatVector.fromArray(SPECIES, sums, at + 23 * LANES);
        int g = gradientsAt;
        for (int i = first; i < first + vectors; i++) {
            int start = starts[i];
            FloatVector p0 = FloatVector.fromArray(SPECIES, pixels, start + tap0);
            FloatVector p1 = FloatVector.fromArray(SPECIES, pixels, start + tap1);
            FloatVector p2 = FloatVector.fromArray(SPECIES, pixels, start + tap2);
            FloatVector g0 = FloatVector.fromArray(SPECIES, gradients, g);
            s00 = g0.fma(p0, s00);
            s01 = g0.fma(p1, s01);
            s02 = g0.fma(p2, s02);
            FloatVector g1 = FloatVector.fromArray(SPECIES, gradients, g + LANES);
            s10 = g1.fma(p0, s10);
            s11 = g1.fma(p1, s11);
            s12 = g1.fma(p2, s12);
            FloatVector g2 = FloatVector.fromArray(SPECIES, gradients, g + 2 * LANES);
            s20 = g2.fma(p0, s20);
            s21 = g2.fma(p1, s21);
            s22 = g2.fma(p2, s22);
            FloatVector g3 = FloatVector.fromArray(SPECIES, gradients, g + 3 * LANES);
            s30 = g3.fma(p0, s30);
            s31 = g3.fma(p1, s31);
            s32 = g3.fma(p2, s32);
            FloatVector g4 = FloatVector.fromArray(SPECIES, gradients, g + 4 * LANES);
            s40 = g4.fma(p0, s40);
            s41 = g4.fma(p1, s41);
            s42 = g4.fma(p2, s42);
            FloatVector g5 = FloatVector.fromArray(SPECIES, gradients, g + 5 * LANES);
            s50 = g5.fma(p0, s50);
            s51 = g5.fma(p1, s51);
            s52 = g5.fma(p2, s52);
            FloatVector g6 = FloatVector.fromArray(SPECIES, gradients, g + 6 * LANES);
            s60 = g6.fma(p0, s60);
            s61 = g6.fma(p1, s61);
            s62 = g6.fma(p2, s62);
            FloatVector g7 = FloatVector.fromArray(SPECIES, gradients, g + 7 * LANES);
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
