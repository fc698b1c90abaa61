// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/UnaryLoops.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops over {@link VectorMath}, one for each function: with the function as a parameter, the vectors would pass through calls that the compiler cannot see
 * through. Longer functions are three loops, one after the other over a block that stays in the first-level cache.
 *
 * <p>Three, and not two: where a call finds three or more targets in turn, the compiler leaves it a call and compiles each loop by itself. It would put one or two
 * into their caller, run out of its budget half-way and leave the rest as objects: a hundred times slower.
 */
final class UnaryLoops {
    private static final VectorSpecies<Double> SPECIES = VectorMath.SPECIES;
    private static final int LANES = SPECIES.length();

    /** Numbers that the loops of one function pass on to each other: 4 KiB. */
    private static final int BLOCK = 512;

    private static final Loop[] TANH = {
        UnaryLoops::expOfTwiceMinusOne, UnaryLoops::tanhOfMagnitude, UnaryLoops::withSignOfInput
    };
    private static final Loop[] ERF = {UnaryLoops::bell, UnaryLoops::erfFar, UnaryLoops::erfNear};
    private static final Loop[] GELU = {UnaryLoops::normalBell, UnaryLoops::normalTail, UnaryLoops::cdfTimesInput};
    private static final Loop[] GELU_SLOPE = {
        UnaryLoops::normalBell, UnaryLoops::cdfPlusDensity, UnaryLoops::slopeAtInfinity
    };

    private UnaryLoops() {}

    /** A loop over whole vectors: {@code length} is a multiple of theirs. The two arrays are not the same. */
    interface Loop {
        void run(double[] x, int xAt, double[] out, int outAt, int length);
    }

    /** Runs a loop over any range of an array: what does not fill a vector goes through one that is filled up with zeros. */
    static void run(Loop loop, double[] x, int xAt, double[] out, int outAt, int length) {
        int whole = length / LANES * LANES;
        loop.run(x, xAt, out, outAt, whole);
        int rest = length - whole;
        if (rest > 0) {
            double[] restOfX = new double[LANES];
            double[] restOfOut = new double[LANES];
            System.arraycopy(x, xAt + whole, restOfX, 0, rest);
            loop.run(restOfX, 0, restOfOut, 0, LANES);
            System.arraycopy(restOfOut, 0, out, outAt + whole, rest);
        }
    }

    private static DoubleVector load(double[] x, int i) {
        return DoubleVector.fromArray(SPECIES, x, i);
    }

    /** {@code 1} where x is positive, else {@code 0}, without a branch that could only guess. */
    static void reluSlope(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i += LANES) {
            DoubleVector zero = DoubleVector.zero(SPECIES);
            zero.blend(1, load(x, xAt + i).compare(VectorOperators.GT, 0)).intoArray(out, outAt + i);
        }
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

    // ---- functions in three loops: each but the first finds in out what the one before has left there

    private static void inBlocks(Loop[] loops, double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i += BLOCK) {
            int block = Math.min(BLOCK, length - i);
            for (Loop loop : loops) {
                loop.run(x, xAt + i, out, outAt + i, block);
            }
        }
    }

    // ---- hyperbolic tangent

    static void tanh(double[] x, int xAt, double[] out, int outAt, int length) {
        inBlocks(TANH, x, xAt, out, outAt, length);
    }

    private static void expOfTwiceMinusOne(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i += LANES) {
            VectorMath.expOfTwiceMinusOne(load(x, xAt + i)).intoArray(out, outAt + i);
        }
    }

    /** {@code m / (m + 2)} with {@code m = e^(2|x|) − 1}. */
    private static void tanhOfMagnitude(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i += LANES) {
            DoubleVector m = load(out, outAt + i);
            m.div(m.add(2)).intoArray(out, outAt + i);
        }
    }

    private static void withSignOfInput(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i += LANES) {
            VectorMath.withSignOf(load(x, xAt + i), load(out, outAt + i)).intoArray(out, outAt + i);
        }
    }

    // ---- error function

    static void erf(double[] x, int xAt, double[] out, int outAt, int length) {
        inBlocks(ERF, x, xAt, out, outAt, length);
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

    /** {@code x · Φ(x)}, where Φ is the normal distribution function. */
    static void gelu(double[] x, int xAt, double[] out, int outAt, int length) {
        inBlocks(GELU, x, xAt, out, outAt, length);
    }

    /** The slope of {@link #gelu}: {@code Φ(x) + x · φ(x)} with {@code φ(x) = e^(−x²/2) / √(2π)}. */
    static void geluSlope(double[] x, int xAt, double[] out, int outAt, int length) {
        inBlocks(GELU_SLOPE, x, xAt, out, outAt, length);
    }

    private static void normalBell(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i += LANES) {
            VectorMath.normalBell(load(x, xAt + i)).intoArray(out, outAt + i);
        }
    }

    private static void normalTail(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i += LANES) {
            VectorMath.normalTail(load(x, xAt + i), load(out, outAt + i)).intoArray(out, outAt + i);
        }
    }

    private static void cdfTimesInput(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i += LANES) {
            DoubleVector v = load(x, xAt + i);
            DoubleVector y = VectorMath.normalCdf(v, load(out, outAt + i)).mul(v);
            // 0 at minus infinity, and not 0 · ∞
            y.blend(0, v.compare(VectorOperators.EQ, Double.NEGATIVE_INFINITY)).intoArray(out, outAt + i);
        }
    }

    private static void cdfPlusDensity(double[] x, int xAt, double[] out, int outAt, int length) {
        double scale = 1 / Math.sqrt(2 * Math.PI);
        for (int i = 0; i < length; i += LANES) {
            DoubleVector v = load(x, xAt + i);
            DoubleVector bell = load(out, outAt + i);
            DoubleVector density = bell.mul(scale);
            density.fma(v, VectorMath.normalCdf(v, VectorMath.normalTail(v, bell)))
                    .intoArray(out, outAt + i);
        }
    }

    /** 0 at minus infinity and 1 at infinity, and not 0 · ∞. */
    private static void slopeAtInfinity(double[] x, int xAt, double[] out, int outAt, int length) {
        for (int i = 0; i < length; i += LANES) {
            DoubleVector v = load(x, xAt + i);
            load(out, outAt + i)
                    .blend(0, v.compare(VectorOperators.EQ, Double.NEGATIVE_INFINITY))
                    .blend(1, v.compare(VectorOperators.EQ, Double.POSITIVE_INFINITY))
                    .intoArray(out, outAt + i);
        }
    }
}
