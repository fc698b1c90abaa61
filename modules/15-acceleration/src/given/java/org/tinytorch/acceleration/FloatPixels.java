// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/FloatPixels.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** In single precision: numbers are narrowed while they are laid out, and each result is widened again. */
final class FloatPixels implements Pixels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Where gradients and sums begin; as in {@code DoublePanels}, so that a vector does not straddle two cache lines. */
    private static final int ALIGNED = 12;

    private static final boolean WIDE = Tiles.WIDE;

    private float[] images = {};
    private float[] gradients = {};
    private float[] weights = {};
    private int vectors;
    private float[] sums = {};

    @Override
    public int rows() {
        return WIDE ? FloatConvolutionTile8.ROWS : FloatConvolutionTile4.ROWS;
    }

    @Override
    public int taps() {
        return WIDE ? FloatConvolutionTile8.TAPS : FloatConvolutionTile4.TAPS;
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
            Precision.narrow(from, at + v * LANES, gradients, to + v * rows() * LANES, LANES);
        }
    }

    @Override
    public void clearWeights(int size) {
        weights = weights.length < size ? new float[size] : weights;
    }

    private static float[] cleared(float[] buffer, int size) {
        if (buffer.length < size) {
            return new float[size];
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
                Precision.narrow(from, source, images, target, columns);
            } else {
                for (int column = 0; column < columns; column++) {
                    images[target + column] = (float) from[source + column * columnStep];
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
            weights[to + row] = there && start.length > 0 ? (float) start[startAt + row] : 0;
            int source = at + row * outputStep;
            int target = to + rows + row;
            for (int tap = 0; tap < sources.length; tap++) {
                weights[target + tap * rows] = there ? (float) from[source + sources[tap]] : 0;
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
        int stride = 2 * LANES;
        float[] tile = new float[rows() * stride];
        if (WIDE) {
            FloatConvolutionTile8.sums(
                    taps.length, weights, panel, taps, images, first, second, (float) least, tile, 0, LANES, stride);
        } else {
            FloatConvolutionTile4.sums(
                    taps.length, weights, panel, taps, images, first, second, (float) least, tile, 0, LANES, stride);
        }
        for (int row = 0; row < rows(); row++) {
            Precision.widen(tile, row * stride, out, outFirst + row * outStride, LANES);
            Precision.widen(tile, row * stride + LANES, out, outSecond + row * outStride, LANES);
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
            FloatConvolutionTile8.products(to - from, gradients, g, images, starts, from, tap0, tap1, tap2, sums, at);
        } else {
            FloatConvolutionTile4.products(to - from, gradients, g, images, starts, from, tap0, tap1, sums, at);
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
        return numbers * Float.BYTES;
    }
}
