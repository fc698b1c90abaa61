// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/SparsePanel.java. Read it, don't edit it.
package org.tinytorch.compression;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.tinytorch.acceleration.VectorMath;

/** Some samples side by side: all their first inputs, then all their second ones, and so on. Places beyond the last sample hold zeros. */
final class SparsePanel {
    private static final VectorSpecies<Double> SPECIES = VectorMath.SPECIES;
    private static final int LANES = SPECIES.length();

    /** Samples in a whole panel: as many vectors as keep the adders busy. */
    private static final int WIDTH = 4 * LANES;

    private final double[] inputs;
    private final int first;
    private final int samples;
    private final int width;

    private SparsePanel(double[] inputs, int first, int samples, int width) {
        this.inputs = inputs;
        this.first = first;
        this.samples = samples;
        this.width = width;
    }

    /** How many panels there are for so many samples. */
    static int count(int samples) {
        return (samples + WIDTH - 1) / WIDTH;
    }

    /** One panel of x, {@code (samples, columns)}. */
    static SparsePanel of(int number, double[] x, int samples, int columns) {
        int first = number * WIDTH;
        int here = Math.min(WIDTH, samples - first);
        int width = (here + LANES - 1) / LANES * LANES;
        double[] inputs = new double[columns * width];
        for (int sample = 0; sample < here; sample++) {
            for (int column = 0; column < columns; column++) {
                inputs[column * width + sample] = x[(first + sample) * columns + column];
            }
        }
        return new SparsePanel(inputs, first, here, width);
    }

    /** Fills in the results of some rows of the weight, out being {@code (all samples, rows)}. */
    void multiply(CsrMatrix weight, int from, int to, double[] out) {
        double[] sums = new double[width];
        for (int row = from; row < to; row++) {
            if (width == WIDTH) {
                fourVectors(weight, row, sums);
            } else {
                for (int lane = 0; lane < width; lane += LANES) {
                    oneVector(weight, row, lane, sums);
                }
            }
            for (int sample = 0; sample < samples; sample++) {
                out[(first + sample) * weight.rows() + row] = sums[sample];
            }
        }
    }

    private void fourVectors(CsrMatrix weight, int row, double[] sums) {
        double[] values = weight.values();
        int[] columns = weight.columnIndices();
        int end = weight.rowStart(row + 1);
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        for (int p = weight.rowStart(row); p < end; p++) {
            DoubleVector value = DoubleVector.broadcast(SPECIES, values[p]);
            int at = columns[p] * WIDTH;
            s0 = DoubleVector.fromArray(SPECIES, inputs, at).fma(value, s0);
            s1 = DoubleVector.fromArray(SPECIES, inputs, at + LANES).fma(value, s1);
            s2 = DoubleVector.fromArray(SPECIES, inputs, at + 2 * LANES).fma(value, s2);
            s3 = DoubleVector.fromArray(SPECIES, inputs, at + 3 * LANES).fma(value, s3);
        }
        s0.intoArray(sums, 0);
        s1.intoArray(sums, LANES);
        s2.intoArray(sums, 2 * LANES);
        s3.intoArray(sums, 3 * LANES);
    }

    private void oneVector(CsrMatrix weight, int row, int lane, double[] sums) {
        double[] values = weight.values();
        int[] columns = weight.columnIndices();
        int end = weight.rowStart(row + 1);
        DoubleVector sum = DoubleVector.zero(SPECIES);
        for (int p = weight.rowStart(row); p < end; p++) {
            sum = DoubleVector.fromArray(SPECIES, inputs, columns[p] * width + lane)
                    .fma(DoubleVector.broadcast(SPECIES, values[p]), sum);
        }
        sum.intoArray(sums, lane);
    }
}
