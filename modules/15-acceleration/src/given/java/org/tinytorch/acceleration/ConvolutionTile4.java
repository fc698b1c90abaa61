// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/ConvolutionTile4.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of a convolution, for processors with 16 vector registers. The pixels that a tap meets lie in a row, so that a vector of neighbouring results is
 * summed up from vectors of pixels and single weights, or a vector of products of pixels and gradients for each weight.
 *
 * <p>Written out by hand, because the just-in-time compiler keeps local variables in registers, but not the elements of an array of vectors.
 */
final class ConvolutionTile4 {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Results whose weights are packed together, or gradients that are multiplied together. */
    static final int ROWS = 4;

    /** Weights whose gradients are summed up together. */
    static final int TAPS = 2;

    private ConvolutionTile4() {}

    /**
     * Two vectors of results for each of 4 outputs: the starting value plus, tap by tap, a weight times the pixels there.
     *
     * @param weights a packed panel: 4 starting values, then 4 weights for each tap
     * @param taps where the pixels of each tap lie, seen from a result's own place
     * @param first where the pixels of the first vector lie
     * @param second the same for the second
     * @param least results below it are raised to it
     * @param out receives 4 rows of two vectors
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
    }

    /**
     * For each of 4 outputs and 2 taps, adds the products of gradients and pixels to as many partial sums as a vector has lanes.
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
            double[] sums,
            int at) {
        DoubleVector s00 = DoubleVector.fromArray(SPECIES, sums, at);
        DoubleVector s01 = DoubleVector.fromArray(SPECIES, sums, at + LANES);
        DoubleVector s10 = DoubleVector.fromArray(SPECIES, sums, at + 2 * LANES);
        DoubleVector s11 = DoubleVector.fromArray(SPECIES, sums, at + 3 * LANES);
        DoubleVector s20 = DoubleVector.fromArray(SPECIES, sums, at + 4 * LANES);
        DoubleVector s21 = DoubleVector.fromArray(SPECIES, sums, at + 5 * LANES);
        DoubleVector s30 = DoubleVector.fromArray(SPECIES, sums, at + 6 * LANES);
        DoubleVector s31 = DoubleVector.fromArray(SPECIES, sums, at + 7 * LANES);
        int g = gradientsAt;
        for (int i = first; i < first + vectors; i++) {
            int start = starts[i];
            DoubleVector p0 = DoubleVector.fromArray(SPECIES, pixels, start + tap0);
            DoubleVector p1 = DoubleVector.fromArray(SPECIES, pixels, start + tap1);
            DoubleVector g0 = DoubleVector.fromArray(SPECIES, gradients, g);
            s00 = g0.fma(p0, s00);
            s01 = g0.fma(p1, s01);
            DoubleVector g1 = DoubleVector.fromArray(SPECIES, gradients, g + LANES);
            s10 = g1.fma(p0, s10);
            s11 = g1.fma(p1, s11);
            DoubleVector g2 = DoubleVector.fromArray(SPECIES, gradients, g + 2 * LANES);
            s20 = g2.fma(p0, s20);
            s21 = g2.fma(p1, s21);
            DoubleVector g3 = DoubleVector.fromArray(SPECIES, gradients, g + 3 * LANES);
            s30 = g3.fma(p0, s30);
            s31 = g3.fma(p1, s31);
            g += ROWS * LANES;
        }
        s00.intoArray(sums, at);
        s01.intoArray(sums, at + LANES);
        s10.intoArray(sums, at + 2 * LANES);
        s11.intoArray(sums, at + 3 * LANES);
        s20.intoArray(sums, at + 4 * LANES);
        s21.intoArray(sums, at + 5 * LANES);
        s30.intoArray(sums, at + 6 * LANES);
        s31.intoArray(sums, at + 7 * LANES);
    }
}
