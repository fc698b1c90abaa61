// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/Precision.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Numbers from double to single precision and back.
 *
 * <p>Two vectors of doubles become one of floats, and not each one of half the length: where the compiler decides by what it has seen how a vector is stored, it must
 * never have seen vectors of floats of another length, or the loops in {@link FloatConvolutionTile8} get fifteen times slower.
 */
final class Precision {
    private static final VectorSpecies<Double> DOUBLE = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOAT = FloatVector.SPECIES_PREFERRED;
    private static final int HALF = DOUBLE.length();
    private static final int LANES = FLOAT.length();

    private Precision() {}

    /** Rounds to the nearest. */
    static void narrow(double[] from, int at, float[] to, int toAt, int length) {
        int whole = length / LANES * LANES;
        for (int i = 0; i < whole; i += LANES) {
            DoubleVector lower = DoubleVector.fromArray(DOUBLE, from, at + i);
            DoubleVector upper = DoubleVector.fromArray(DOUBLE, from, at + i + HALF);
            FloatVector numbers = (FloatVector) lower.convertShape(VectorOperators.D2F, FLOAT, 0);
            // zeros are added to each half
            numbers.add(upper.convertShape(VectorOperators.D2F, FLOAT, -1)).intoArray(to, toAt + i);
        }
        for (int i = whole; i < length; i++) {
            to[toAt + i] = (float) from[at + i];
        }
    }

    /** Loses nothing. */
    static void widen(float[] from, int at, double[] to, int toAt, int length) {
        int whole = length / LANES * LANES;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector numbers = FloatVector.fromArray(FLOAT, from, at + i);
            ((DoubleVector) numbers.convertShape(VectorOperators.F2D, DOUBLE, 0)).intoArray(to, toAt + i);
            ((DoubleVector) numbers.convertShape(VectorOperators.F2D, DOUBLE, 1)).intoArray(to, toAt + i + HALF);
        }
        for (int i = whole; i < length; i++) {
            to[toAt + i] = from[at + i];
        }
    }
}
