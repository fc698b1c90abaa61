package org.tinytorch.acceleration;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link NormKernels} over one row; with vectors for the reason that {@link RowLoops} gives. */
final class NormLoops {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private NormLoops() {}

    private static DoubleVector load(double[] x, int i) {
        return DoubleVector.fromArray(SPECIES, x, i);
    }

    /** {@code (x − mean) · inverse · weight + bias}. */
    static void normalise(
            double[] x, int from, double mean, double inverse, double[] weight, double[] bias, double[] y) {
        int c = 0;
        for (; c <= weight.length - LANES; c += LANES) {
            load(x, from + c)
                    .sub(mean)
                    .mul(inverse)
                    .mul(load(weight, c))
                    .add(load(bias, c))
                    .intoArray(y, from + c);
        }
        for (; c < weight.length; c++) {
            y[from + c] = (x[from + c] - mean) * inverse * weight[c] + bias[c];
        }
    }

    /** {@code h = weight · g}, where h is one row and g many. */
    static void weighted(double[] weight, double[] g, int from, double[] h) {
        int c = 0;
        for (; c <= h.length - LANES; c += LANES) {
            load(weight, c).mul(load(g, from + c)).intoArray(h, c);
        }
        for (; c < h.length; c++) {
            h[c] = weight[c] * g[from + c];
        }
    }

    /** {@code (h − meanOfH − (x − mean) · slope) · inverse}. */
    static void centred(
            double[] h, double meanOfH, double[] x, int from, double mean, double slope, double inverse, double[] gx) {
        int c = 0;
        for (; c <= h.length - LANES; c += LANES) {
            DoubleVector away = load(x, from + c).sub(mean).mul(slope);
            load(h, c).sub(meanOfH).sub(away).mul(inverse).intoArray(gx, from + c);
        }
        for (; c < h.length; c++) {
            gx[from + c] = (h[c] - meanOfH - (x[from + c] - mean) * slope) * inverse;
        }
    }

    /** Adds a row to the sums of its columns. */
    static void addRow(double[] g, int row, double[] sums, int at, int width) {
        int c = 0;
        for (; c <= width - LANES; c += LANES) {
            load(sums, at + c).add(load(g, row + c)).intoArray(sums, at + c);
        }
        for (; c < width; c++) {
            sums[at + c] += g[row + c];
        }
    }

    /** Adds {@code g · (x − mean) · inverse} of a row to the sums of its columns. */
    static void addProducts(
            double[] g, double[] x, int row, double mean, double inverse, double[] sums, int at, int width) {
        int c = 0;
        for (; c <= width - LANES; c += LANES) {
            DoubleVector normalised = load(x, row + c).sub(mean).mul(inverse);
            load(sums, at + c).add(load(g, row + c).mul(normalised)).intoArray(sums, at + c);
        }
        for (; c < width; c++) {
            sums[at + c] += g[row + c] * ((x[row + c] - mean) * inverse);
        }
    }
}
