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
        s00.intoArray(out, outFirst);
        s01.intoArray(out, outSecond);
        s10.intoArray(out, outFirst + outStride);
        s11.intoArray(out, outSecond + outStride);
        s20.intoArray(out, outFirst + 2 * outStride);
        s21.intoArray(out, outSecond + 2 * outStride);
        s30.intoArray(out, outFirst + 3 * outStride);
        s31.intoArray(out, outSecond + 3 * outStride);
    }

    /**
     * For each of 4 outputs and 2 taps, the products of gradients and pixels, summed up in as many partial sums as a vector has lanes.
     *
     * @param count how many of each, a multiple of the lanes
     * @param gradients a vector of each output, then the next of each
     * @param sums receives the partial sums of the first output's taps, then of the second's, and so on
     */
    static void products(int count, double[] gradients, int at, double[] pixels, int tap0, int tap1, double[] sums) {
        DoubleVector zero = DoubleVector.zero(SPECIES);
        DoubleVector s00 = zero;
        DoubleVector s01 = zero;
        DoubleVector s10 = zero;
        DoubleVector s11 = zero;
        DoubleVector s20 = zero;
        DoubleVector s21 = zero;
        DoubleVector s30 = zero;
        DoubleVector s31 = zero;
        int g = at;
        for (int i = 0; i < count; i += LANES) {
            DoubleVector p0 = DoubleVector.fromArray(SPECIES, pixels, tap0 + i);
            DoubleVector p1 = DoubleVector.fromArray(SPECIES, pixels, tap1 + i);
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
        s00.intoArray(sums, 0);
        s01.intoArray(sums, LANES);
        s10.intoArray(sums, 2 * LANES);
        s11.intoArray(sums, 3 * LANES);
        s20.intoArray(sums, 4 * LANES);
        s21.intoArray(sums, 5 * LANES);
        s30.intoArray(sums, 6 * LANES);
        s31.intoArray(sums, 7 * LANES);
    }
}
