package org.tinytorch.acceleration;

import java.util.Arrays;

/** In double precision. */
final class DoublePixels implements Pixels {
    private static final int LANES = Tiles.LANES;
    private static final boolean WIDE = Tiles.WIDE;

    private double[] images = {};
    private double[] gradients = {};
    private double[] weights = {};

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
    public void clearGradients(int size) {
        gradients = cleared(gradients, size);
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
    public void putGradients(double[] from, int at, int rowStep, int to, int toRow, int rows, int columns) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(from, at + row * rowStep, gradients, to + row * toRow, columns);
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
            int panel, int[] taps, int first, int second, double[] out, int outFirst, int outSecond, int outStride) {
        if (WIDE) {
            ConvolutionTile8.sums(
                    taps.length, weights, panel, taps, images, first, second, out, outFirst, outSecond, outStride);
        } else {
            ConvolutionTile4.sums(
                    taps.length, weights, panel, taps, images, first, second, out, outFirst, outSecond, outStride);
        }
    }

    @Override
    public void products(int count, int gradientsAt, int stride, int[] taps, int firstTap, double[] sums) {
        double[] partial = new double[rows() * taps() * LANES];
        int last = taps.length - 1;
        int tap0 = taps[firstTap];
        int tap1 = taps[Math.min(last, firstTap + 1)];
        if (WIDE) {
            int tap2 = taps[Math.min(last, firstTap + 2)];
            ConvolutionTile8.products(count, gradients, gradientsAt, stride, images, tap0, tap1, tap2, partial);
        } else {
            ConvolutionTile4.products(count, gradients, gradientsAt, stride, images, tap0, tap1, partial);
        }
        for (int i = 0; i < sums.length; i++) {
            double sum = 0;
            for (int lane = 0; lane < LANES; lane++) {
                sum += partial[i * LANES + lane];
            }
            sums[i] = sum;
        }
    }
}
