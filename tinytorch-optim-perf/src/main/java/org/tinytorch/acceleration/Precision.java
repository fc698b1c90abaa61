package org.tinytorch.acceleration;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Numbers from double to single precision and back. */
final class Precision {
    private static final VectorSpecies<Double> DOUBLE = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOAT =
            VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLE.vectorBitSize() / 2));
    private static final int LANES = DOUBLE.length();

    private Precision() {}

    /** Rounds to the nearest. */
    static void narrow(double[] from, int at, float[] to, int toAt, int length) {
        int whole = length / LANES * LANES;
        for (int i = 0; i < whole; i += LANES) {
            DoubleVector numbers = DoubleVector.fromArray(DOUBLE, from, at + i);
            ((FloatVector) numbers.convertShape(VectorOperators.D2F, FLOAT, 0)).intoArray(to, toAt + i);
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
        }
        for (int i = whole; i < length; i++) {
            to[toAt + i] = from[at + i];
        }
    }
}
