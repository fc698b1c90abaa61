// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/Winograd.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Winograd's filtering F(4, 3) down the rows: a strip of four rows of results under a kernel of three rows takes six products for each column and column of the kernel, not
 * twelve (Winograd, 1980; for convolutions Lavin and Gray, 2015, whose points 0, 1, −1, 2, −2 and ∞ these are).
 *
 * <p>Take the rows as coefficients of polynomials. Four rows of gradients times three rows of a kernel are six rows of pixels' gradients, and such a product of degree five is known from
 * its values at six points: so values are multiplied, one with one, instead of each row with each. The way forward is the same calculation read backwards. All of this happens between rows; columns
 * stay neighbours, so that a vector of them is combined as one number would be.
 *
 * <p>Values at a point are sums of rows, some of them multiplied by up to 8, and are subtracted again in the end. Results are therefore less exact than those of the plain
 * loops by a small factor, and a pixel that is infinite or not a number makes its whole strip so.
 */
final class Winograd {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();

    /** Rows of results in a strip. */
    static final int STRIP = 4;

    /** Rows of the kernel. */
    static final int TAPS = 3;

    /** Where the polynomials are looked at; also the rows of pixels that a strip sees. */
    static final int POINTS = 6;

    /** The kernel's values at the points: for each, what its three rows count. */
    private static final double[][] KERNEL = {
        {1.0 / 4, 0, 0},
        {-1.0 / 6, -1.0 / 6, -1.0 / 6},
        {-1.0 / 6, 1.0 / 6, -1.0 / 6},
        {1.0 / 24, 1.0 / 12, 1.0 / 6},
        {1.0 / 24, -1.0 / 12, 1.0 / 6},
        {0, 0, 1}
    };

    private Winograd() {}

    /** Strips that hold so many rows of results. */
    static int strips(int rows) {
        return (rows + STRIP - 1) / STRIP;
    }

    /** Room for so many numbers that are read and written as whole vectors, from any place on. */
    static int room(int length) {
        return (length + LANES - 1) / LANES * LANES + LANES;
    }

    /**
     * The pixels' values at the points.
     *
     * <p>Whole vectors are read and written, so that up to a vector behind each row changes.
     *
     * @param rows six rows of pixels
     * @param step from one of them to the next
     * @param out receives a row for each point
     * @param outStep from one of these to the next
     * @param length of a row
     */
    static void pixels(double[] rows, int at, int step, double[] out, int to, int outStep, int length) {
        for (int i = 0; i < length; i += LANES) {
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, rows, at + i);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, rows, at + i + step);
            DoubleVector x2 = DoubleVector.fromArray(SPECIES, rows, at + i + 2 * step);
            DoubleVector x3 = DoubleVector.fromArray(SPECIES, rows, at + i + 3 * step);
            DoubleVector x4 = DoubleVector.fromArray(SPECIES, rows, at + i + 4 * step);
            DoubleVector x5 = DoubleVector.fromArray(SPECIES, rows, at + i + 5 * step);
            DoubleVector even = x4.sub(x2);
            DoubleVector odd = x3.sub(x1);
            x0.sub(x2).mul(4).add(even).intoArray(out, to + i);
            DoubleVector even4 = x4.sub(x2.mul(4));
            DoubleVector odd4 = x3.sub(x1.mul(4));
            even4.add(odd4).intoArray(out, to + i + outStep);
            even4.sub(odd4).intoArray(out, to + i + 2 * outStep);
            DoubleVector odd2 = odd.add(odd);
            even.add(odd2).intoArray(out, to + i + 3 * outStep);
            even.sub(odd2).intoArray(out, to + i + 4 * outStep);
            x5.sub(x3).sub(odd.mul(4)).intoArray(out, to + i + 5 * outStep);
        }
    }

    /** The values at the points of the gradients of a strip's four rows; otherwise as {@link #pixels}. */
    static void gradients(double[] rows, int at, int step, double[] out, int to, int outStep, int length) {
        for (int i = 0; i < length; i += LANES) {
            DoubleVector g0 = DoubleVector.fromArray(SPECIES, rows, at + i);
            DoubleVector g1 = DoubleVector.fromArray(SPECIES, rows, at + i + step);
            DoubleVector g2 = DoubleVector.fromArray(SPECIES, rows, at + i + 2 * step);
            DoubleVector g3 = DoubleVector.fromArray(SPECIES, rows, at + i + 3 * step);
            DoubleVector even = g0.add(g2);
            DoubleVector odd = g1.add(g3);
            g0.intoArray(out, to + i);
            even.add(odd).intoArray(out, to + i + outStep);
            even.sub(odd).intoArray(out, to + i + 2 * outStep);
            DoubleVector even2 = g0.add(g2.mul(4));
            DoubleVector odd2 = g1.add(g3.mul(4)).mul(2);
            even2.add(odd2).intoArray(out, to + i + 3 * outStep);
            even2.sub(odd2).intoArray(out, to + i + 4 * outStep);
            g3.intoArray(out, to + i + 5 * outStep);
        }
    }

    /**
     * A strip's four rows of results from the products at the six points.
     *
     * @param products a row for each point
     * @param start is added to each result
     * @param least results below it are raised to it
     * @param out receives four rows; may be the products
     */
    static void results(
            double[] products,
            int at,
            int step,
            int length,
            double start,
            double least,
            double[] out,
            int to,
            int outStep) {
        DoubleVector floor = DoubleVector.broadcast(SPECIES, least);
        for (int i = 0; i < length; i += LANES) {
            DoubleVector m1 = DoubleVector.fromArray(SPECIES, products, at + i + step);
            DoubleVector m2 = DoubleVector.fromArray(SPECIES, products, at + i + 2 * step);
            DoubleVector m3 = DoubleVector.fromArray(SPECIES, products, at + i + 3 * step);
            DoubleVector m4 = DoubleVector.fromArray(SPECIES, products, at + i + 4 * step);
            DoubleVector sum = m1.add(m2).add(start);
            DoubleVector difference = m1.sub(m2).add(start);
            DoubleVector sum2 = m3.add(m4);
            DoubleVector difference2 = m3.sub(m4);
            DoubleVector m0 = DoubleVector.fromArray(SPECIES, products, at + i);
            DoubleVector m5 = DoubleVector.fromArray(SPECIES, products, at + i + 5 * step);
            floor.max(m0.add(sum).add(sum2)).intoArray(out, to + i);
            floor.max(difference.add(difference2.mul(2))).intoArray(out, to + i + outStep);
            floor.max(sum.add(sum2.mul(4))).intoArray(out, to + i + 2 * outStep);
            floor.max(difference.add(difference2.mul(8)).add(m5)).intoArray(out, to + i + 3 * outStep);
        }
    }

    /**
     * The kernels' values at the points.
     *
     * @param kernels each of three rows
     * @param columns of a kernel
     * @return the same kernels, each of six rows
     */
    static double[] kernels(double[] kernels, int columns) {
        int count = kernels.length / (TAPS * columns);
        double[] values = new double[count * POINTS * columns];
        for (int kernel = 0; kernel < count; kernel++) {
            for (int point = 0; point < POINTS; point++) {
                double[] counts = KERNEL[point];
                int at = kernel * TAPS * columns;
                int to = (kernel * POINTS + point) * columns;
                for (int column = 0; column < columns; column++) {
                    values[to + column] = counts[0] * kernels[at + column]
                            + counts[1] * kernels[at + columns + column]
                            + counts[2] * kernels[at + 2 * columns + column];
                }
            }
        }
        return values;
    }

    /**
     * The gradient of the kernels from that of their values at the points.
     *
     * @param values for each output and each point, the kernels of all channels, row by row
     * @param kernelsPerOutput the number of channels
     * @param columns of a kernel
     */
    static double[] kernelGradient(double[] values, int kernelsPerOutput, int columns) {
        int perPoint = kernelsPerOutput * columns;
        int outputs = values.length / (POINTS * perPoint);
        double[] gradient = new double[outputs * TAPS * perPoint];
        for (int output = 0; output < outputs; output++) {
            for (int point = 0; point < POINTS; point++) {
                int at = (output * POINTS + point) * perPoint;
                for (int kernel = 0; kernel < kernelsPerOutput; kernel++) {
                    int to = (output * kernelsPerOutput + kernel) * TAPS * columns;
                    for (int tap = 0; tap < TAPS; tap++) {
                        for (int column = 0; column < columns; column++) {
                            gradient[to + tap * columns + column] +=
                                    KERNEL[point][tap] * values[at + kernel * columns + column];
                        }
                    }
                }
            }
        }
        return gradient;
    }
}
