// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/BlockRows.java. Read it, don't edit it.
package org.tinytorch.compression;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.tinytorch.acceleration.VectorMath;

/** {@code x · Wᵀ} for a weight in blocks: a vector holds the sums of neighbouring outputs, for one sample or for four at a time. */
final class BlockRows {
    private static final VectorSpecies<Double> SPECIES = VectorMath.SPECIES;
    private static final int LANES = SPECIES.length();
    private static final int HEIGHT = BlockSparseMatrix.HEIGHT;

    private final BlockSparseMatrix weight;
    private final double[] x;
    private final double[] out;
    private final int samples;
    private final double[] sums = new double[4 * HEIGHT];

    /**
     * @param x {@code (samples, columns)}
     * @param out {@code (samples, rows)}, to be filled
     */
    BlockRows(BlockSparseMatrix weight, double[] x, double[] out) {
        this.weight = weight;
        this.x = x;
        this.out = out;
        this.samples = weight.rows() == 0 ? 0 : out.length / weight.rows();
    }

    /** Fills in the results of some rows of blocks. */
    void multiply(int from, int to) {
        for (int b = from; b < to; b++) {
            int sample = 0;
            for (; sample + 4 <= samples; sample += 4) {
                for (int lane = 0; lane < HEIGHT; lane += LANES) {
                    fourSamples(b, lane, sample * weight.columns());
                }
                store(b, sample, 4);
            }
            for (; sample < samples; sample++) {
                for (int lane = 0; lane < HEIGHT; lane += LANES) {
                    oneSample(b, lane, sample * weight.columns());
                }
                store(b, sample, 1);
            }
        }
    }

    private void fourSamples(int b, int lane, int x0) {
        double[] values = weight.values();
        int[] columns = weight.columnIndices();
        int x1 = x0 + weight.columns();
        int x2 = x1 + weight.columns();
        int x3 = x2 + weight.columns();
        int end = weight.start(b + 1);
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        for (int block = weight.start(b); block < end; block++) {
            DoubleVector value = DoubleVector.fromArray(SPECIES, values, block * HEIGHT + lane);
            int column = columns[block];
            s0 = value.fma(DoubleVector.broadcast(SPECIES, x[x0 + column]), s0);
            s1 = value.fma(DoubleVector.broadcast(SPECIES, x[x1 + column]), s1);
            s2 = value.fma(DoubleVector.broadcast(SPECIES, x[x2 + column]), s2);
            s3 = value.fma(DoubleVector.broadcast(SPECIES, x[x3 + column]), s3);
        }
        s0.intoArray(sums, lane);
        s1.intoArray(sums, HEIGHT + lane);
        s2.intoArray(sums, 2 * HEIGHT + lane);
        s3.intoArray(sums, 3 * HEIGHT + lane);
    }

    private void oneSample(int b, int lane, int start) {
        double[] values = weight.values();
        int[] columns = weight.columnIndices();
        int end = weight.start(b + 1);
        DoubleVector sum = DoubleVector.zero(SPECIES);
        for (int block = weight.start(b); block < end; block++) {
            sum = DoubleVector.fromArray(SPECIES, values, block * HEIGHT + lane)
                    .fma(DoubleVector.broadcast(SPECIES, x[start + columns[block]]), sum);
        }
        sum.intoArray(sums, lane);
    }

    /** Without the rows that were added below. */
    private void store(int b, int sample, int count) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(sums, i * HEIGHT, out, (sample + i) * weight.rows() + b * HEIGHT, weight.height(b));
        }
    }
}
