// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/DoublePixels.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** In double precision: numbers are laid out as they are, and results go where they belong at once. */
final class DoublePixels implements Pixels {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Where gradients and sums begin; as in {@code DoublePanels}, so that a vector does not straddle two cache lines. */
    private static final int ALIGNED = 6;

    private static final boolean WIDE = Tiles.WIDE;

    private double[] images = {};
    private double[] gradients = {};
    private double[] weights = {};
    private int vectors;
    private double[] sums = {};

    @Override
    public int rows() {
        return WIDE ? ConvolutionTile8.ROWS : ConvolutionTile4.ROWS;
    }

    @Override
    public int taps() {
        return WIDE ? ConvolutionTile8.TAPS : ConvolutionTile4.TAPS;
    }

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void clear(int size) {
        images = cleared(images, size);
    }

    @Override
    public void clearGradients(int outputs, int vectors) {
        this.vectors = vectors;
        int blocks = (outputs + rows() - 1) / rows();
        gradients = cleared(gradients, ALIGNED + blocks * rows() * vectors * LANES);
    }

    @Override
    public void putGradient(int output, int vector, double[] from, int at, int count) {
        int to = ALIGNED + (output / rows() * rows() * vectors + output % rows() + vector * rows()) * LANES;
        for (int v = 0; v < count; v++) {
            DoubleVector.fromArray(SPECIES, from, at + v * LANES).intoArray(gradients, to + v * rows() * LANES);
        }
    }

    @Override
    public void clearWeights(int size) {
        weights = weights.length < size ? new double[size] : weights;
    }

    private static double[] cleared(double[] buffer, int size) {
        if (buffer.length < size) {
            return new double[size];
        }
        Arrays.fill(buffer, 0, size, 0);
        return buffer;
    }

    @Override
    public void put(double[] from, int at, int rowStep, int columnStep, int to, int toRow, int rows, int columns) {
        for (int row = 0; row < rows; row++) {
            int source = at + row * rowStep;
            int target = to + row * toRow;
            if (columnStep == 1) {
                System.arraycopy(from, source, images, target, columns);
            } else {
                for (int column = 0; column < columns; column++) {
                    images[target + column] = from[source + column * columnStep];
                }
            }
        }
    }

    @Override
    public void pack(
            double[] from, int at, int[] sources, int outputStep, int present, double[] start, int startAt, int to) {
        int rows = rows();
        for (int row = 0; row < rows; row++) {
            boolean there = row < present;
            weights[to + row] = there && start.length > 0 ? start[startAt + row] : 0;
            int source = at + row * outputStep;
            int target = to + rows + row;
            for (int tap = 0; tap < sources.length; tap++) {
                weights[target + tap * rows] = there ? from[source + sources[tap]] : 0;
            }
        }
    }

    @Override
    public void sums(
            int panel,
            int[] taps,
            int first,
            int second,
            double least,
            double[] out,
            int outFirst,
            int outSecond,
            int outStride) {
        if (WIDE) {
            ConvolutionTile8.sums(
                    taps.length,
                    weights,
                    panel,
                    taps,
                    images,
                    first,
                    second,
                    least,
                    out,
                    outFirst,
                    outSecond,
                    outStride);
        } else {
            ConvolutionTile4.sums(
                    taps.length,
                    weights,
                    panel,
                    taps,
                    images,
                    first,
                    second,
                    least,
                    out,
                    outFirst,
                    outSecond,
                    outStride);
        }
    }

    @Override
    public void clearSums(int tiles) {
        sums = cleared(sums, ALIGNED + tiles * rows() * taps() * LANES);
    }

    @Override
    public void products(int block, int[] starts, int from, int to, int[] taps, int firstTap, int tile) {
        int at = ALIGNED + tile * rows() * taps() * LANES;
        int last = taps.length - 1;
        int tap0 = taps[firstTap];
        int tap1 = taps[Math.min(last, firstTap + 1)];
        int g = ALIGNED + (block * vectors + from) * rows() * LANES;
        if (WIDE) {
            int tap2 = taps[Math.min(last, firstTap + 2)];
            ConvolutionTile8.products(to - from, gradients, g, images, starts, from, tap0, tap1, tap2, sums, at);
        } else {
            ConvolutionTile4.products(to - from, gradients, g, images, starts, from, tap0, tap1, sums, at);
        }
    }

    @Override
    public double sum(int tile, int row, int tap) {
        int at = ALIGNED + ((tile * rows() + row) * taps() + tap) * LANES;
        double sum = 0;
        for (int lane = 0; lane < LANES; lane++) {
            sum += sums[at + lane];
        }
        return sum;
    }

    @Override
    public long bytes() {
        long numbers = (long) images.length + gradients.length + weights.length + sums.length;
        return numbers * Double.BYTES;
    }
}
