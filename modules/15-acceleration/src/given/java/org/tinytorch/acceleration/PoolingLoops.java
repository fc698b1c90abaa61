// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/PoolingLoops.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Loops over windows of 2 by 2 pixels, without a branch: which pixel is the largest, a branch could only guess. */
final class PoolingLoops {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Each pixel's neighbour in its window: lanes 1, 0, 3, 2, … */
    private static final VectorShuffle<Double> NEIGHBOUR = VectorShuffle.fromOp(SPECIES, lane -> lane ^ 1);

    /** A number for each window, given to both of its columns: lanes 0, 0, 1, 1, … */
    private static final VectorShuffle<Double> TWICE = VectorShuffle.fromOp(SPECIES, lane -> lane / 2);

    private static final VectorMask<Double> RIGHT = VectorMask.fromLong(SPECIES, 0xAAAA_AAAA_AAAA_AAAAL);

    private PoolingLoops() {}

    /**
     * Gives the gradients of one row of windows to the first of the largest pixels of each; the other pixels of these windows get 0.
     *
     * @param at where the upper row of pixels begins
     * @param width from there to the lower row
     * @param from where the gradients begin
     * @return how many of the windows were done, the first ones: whole vectors, and none after a NaN
     */
    static int toTheLargestOfFour(double[] x, int at, int width, double[] g, int from, int count, double[] gx) {
        int windows = LANES / 2;
        int done = 0;
        // of a vector of gradients one half is used; the other half may be the next row's, but not beyond the last one
        while (done + windows <= count && from + done + LANES <= g.length) {
            int upper = at + 2 * done;
            DoubleVector u = DoubleVector.fromArray(SPECIES, x, upper);
            DoubleVector l = DoubleVector.fromArray(SPECIES, x, upper + width);
            DoubleVector column = u.max(l);
            DoubleVector largest = column.max(column.rearrange(NEIGHBOUR));
            if (largest.test(VectorOperators.IS_NAN).anyTrue()) {
                return done;
            }
            DoubleVector zero = DoubleVector.zero(SPECIES);
            DoubleVector isUpper = zero.blend(1, u.compare(VectorOperators.EQ, largest));
            DoubleVector isLower = zero.blend(1, l.compare(VectorOperators.EQ, largest));
            DoubleVector otherUpper = isUpper.rearrange(NEIGHBOUR);
            DoubleVector otherLower = isLower.rearrange(NEIGHBOUR);
            // what comes before it in reading order: for the upper right the upper left; for a lower one both upper
            // ones, and for the right the left
            DoubleVector beforeUpper = zero.blend(otherUpper, RIGHT);
            DoubleVector beforeLower = isUpper.add(otherUpper).add(zero.blend(otherLower, RIGHT));
            DoubleVector gradients =
                    DoubleVector.fromArray(SPECIES, g, from + done).rearrange(TWICE);
            zero.blend(gradients, isUpper.compare(VectorOperators.GT, beforeUpper))
                    .intoArray(gx, upper);
            zero.blend(gradients, isLower.compare(VectorOperators.GT, beforeLower))
                    .intoArray(gx, upper + width);
            done += windows;
        }
        return done;
    }
}
