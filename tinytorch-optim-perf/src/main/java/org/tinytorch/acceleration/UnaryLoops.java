package org.tinytorch.acceleration;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops over {@link VectorMath}, one for each function: with the function as a parameter, the vectors would pass through calls that the compiler cannot see
 * through. Longer functions are several loops, one after the other over a block that stays in the first-level cache.
 */
final class UnaryLoops {
    private static final VectorSpecies<Double> SPECIES = VectorMath.SPECIES;
    private static final int LANES = SPECIES.length();

    /** Numbers that the loops of one function pass on to each other: 4 KiB. */
    private static final int BLOCK = 512;

    private UnaryLoops() {}

    /** A loop over whole vectors: {@code length} is a multiple of theirs. The two arrays are not the same. */
    interface Loop {
        void run(double[] x, int xAt, double[] out, int outAt, int length);
    }

    /** Runs a loop over any range of an array: what does not fill a vector goes through one that is filled up with zeros. */
    static void run(Loop loop, double[] x, double[] out, int from, int to) {
        int whole = (to - from) / LANES * LANES;
        loop.run(x, from, out, from, whole);
        int rest = to - from - whole;
        if (rest > 0) {
            double[] restOfX = new double[LANES];
            double[] restOfOut = new double[LANES];
            System.arraycopy(x, from + whole, restOfX, 0, rest);
            loop.run(restOfX, 0, restOfOut, 0, LANES);
            System.arraycopy(restOfOut, 0, out, from + whole, rest);
        }
    }

    private static DoubleVector load(double[] x, int i) {
        return DoubleVector.fromArray(SPECIES, x, i);
    }

    static void exp(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i += LANES) {
            VectorMath.exp(load(x, xAt + i)).intoArray(out, outAt + i);
        }
    }

    static void log(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i += LANES) {
            VectorMath.log(load(x, xAt + i)).intoArray(out, outAt + i);
        }
    }

    static void sigmoid(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i += LANES) {
            VectorMath.sigmoid(load(x, xAt + i)).intoArray(out, outAt + i);
        }
    }

    static void silu(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i += LANES) {
            DoubleVector v = load(x, xAt + i);
            DoubleVector y = v.mul(VectorMath.sigmoid(v));
            y.blend(0, v.compare(VectorOperators.EQ, Double.NEGATIVE_INFINITY)).intoArray(out, outAt + i);
        }
    }

    // ---- hyperbolic tangent

    static void tanh(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i += BLOCK) {
            int block = Math.min(BLOCK, length - i);
            expOfTwiceMinusOne(x, xAt + i, out, outAt + i, block);
            tanhFrom(x, xAt + i, out, outAt + i, block);
        }
    }

    private static void expOfTwiceMinusOne(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i += LANES) {
            VectorMath.expOfTwiceMinusOne(load(x, xAt + i)).intoArray(out, outAt + i);
        }
    }

    private static void tanhFrom(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i += LANES) {
            VectorMath.tanhFrom(load(x, xAt + i), load(out, outAt + i)).intoArray(out, outAt + i);
        }
    }

    // ---- error function

    static void erf(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i += BLOCK) {
            int block = Math.min(BLOCK, length - i);
            bell(x, xAt + i, out, outAt + i, block);
            erfFar(x, xAt + i, out, outAt + i, block);
            erfNear(x, xAt + i, out, outAt + i, block);
        }
    }

    private static void bell(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i += LANES) {
            VectorMath.bell(load(x, xAt + i)).intoArray(out, outAt + i);
        }
    }

    private static void erfFar(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i += LANES) {
            VectorMath.erfFar(load(x, xAt + i), load(out, outAt + i)).intoArray(out, outAt + i);
        }
    }

    private static void erfNear(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i += LANES) {
            VectorMath.erfNear(load(x, xAt + i), load(out, outAt + i)).intoArray(out, outAt + i);
        }
    }

    // ---- Gaussian error linear unit

    /** {@code x · Φ(x)} with {@code Φ(x) = ½ (1 + erf(x/√2))}. */
    static void gelu(double[] x, int xAt, double[] out, int outAt, int length) {
        double[] scaled = new double[BLOCK];
        for (int i = 0; i < length; i += BLOCK) {
            int block = Math.min(BLOCK, length - i);
            normalCdf(x, xAt + i, scaled, out, outAt + i, block);
            timesInput(x, xAt + i, out, outAt + i, block);
        }
    }

    /** The slope of {@link #gelu}: {@code Φ(x) + x · φ(x)} with {@code φ(x) = e^(−x²/2) / √(2π)}. */
    static void geluSlope(double[] x, int xAt, double[] out, int outAt, int length) {
        double[] scaled = new double[BLOCK];
        for (int i = 0; i < length; i += BLOCK) {
            int block = Math.min(BLOCK, length - i);
            normalCdf(x, xAt + i, scaled, out, outAt + i, block);
            addSlopeOfCdf(x, xAt + i, out, outAt + i, block);
        }
    }

    private static void normalCdf(double[] x, int xAt, double[] scaled, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i++) {
            scaled[i] = x[xAt + i] * Math.sqrt(0.5);
        }
        erf(scaled, 0, out, outAt, length);
        for (int i = 0; i < length; i++) {
            out[outAt + i] = 0.5 * (1 + out[outAt + i]);
        }
    }

    private static void timesInput(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i += LANES) {
            DoubleVector v = load(x, xAt + i);
            DoubleVector y = v.mul(load(out, outAt + i));
            y.blend(0, v.compare(VectorOperators.EQ, Double.NEGATIVE_INFINITY)).intoArray(out, outAt + i);
        }
    }

    private static void addSlopeOfCdf(double[] x, int xAt, double[] out, int outAt, int length) {
        double scale = 1 / Math.sqrt(2 * Math.PI);
        for (int i = 0; i < length; i += LANES) {
            DoubleVector v = load(x, xAt + i);
            DoubleVector part = VectorMath.exp(v.mul(v).mul(-0.5)).mul(v).mul(scale);
            // 0 at both infinities, and not 0 · ∞
            DoubleVector slope = part.blend(0, v.abs().compare(VectorOperators.EQ, Double.POSITIVE_INFINITY));
            load(out, outAt + i).add(slope).intoArray(out, outAt + i);
        }
    }
}
