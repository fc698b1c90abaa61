// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/IntegerSums.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.tinytorch.spatial.Window;

/**
 * {@link IntegerConvolution} with vectors, for one thread: tiles of four places by two vectors of outputs. The integers of the image are laid out as floats, less their zero point, with a border of zeros;
 * then what a kernel row meets is one stretch of memory.
 */
final class IntegerSums {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(LANES * Byte.SIZE));

    /** Outputs in a tile. */
    private static final int OUTPUTS = 2 * LANES;

    /** Places in a tile. */
    private static final int PLACES = 4;

    /** Added to a float below 2²² it leaves the nearest integer in the low bits. */
    private static final float ROUNDER = 0x1.8p23f;

    private float[] plane = {};
    private int[] places = {};
    private int[] runs = {};
    private int runLength;
    private final float[] sums = new float[PLACES * OUTPUTS];
    private final int[] wholeSums = new int[PLACES * OUTPUTS];

    /** Integers to integers. */
    IntegerMap convolve(IntegerConvolution convolution, IntegerMap in) {
        IntegerMap.Size out = convolution.size(in.shape());
        byte[] values = new byte[out.count()];
        eachTile(convolution, in, out, (place, o) -> {
            int count = Math.min(OUTPUTS, out.channels() - o);
            for (int p = 0; p < Math.min(PLACES, out.rows() * out.columns() - place); p++) {
                int to = (place + p) * out.channels() + o;
                if (count == OUTPUTS) {
                    requantize(convolution, p * OUTPUTS, o, values, to);
                    requantize(convolution, p * OUTPUTS + LANES, o + LANES, values, to + LANES);
                } else {
                    for (int i = 0; i < count; i++) {
                        values[to + i] = convolution.requantize((int) sums[p * OUTPUTS + i], o + i);
                    }
                }
            }
        });
        return new IntegerMap(values, out, convolution.output().orElseThrow());
    }

    /** Integers to real numbers. */
    double[] real(IntegerConvolution convolution, IntegerMap in) {
        IntegerMap.Size out = convolution.size(in.shape());
        double[] values = new double[out.count()];
        eachTile(convolution, in, out, (place, o) -> {
            for (int p = 0; p < Math.min(PLACES, out.rows() * out.columns() - place); p++) {
                for (int i = 0; i < Math.min(OUTPUTS, out.channels() - o); i++) {
                    values[(place + p) * out.channels() + o + i] = convolution.real(wholeSums[p * OUTPUTS + i], o + i);
                }
            }
        });
        return values;
    }

    /** What is done with the sums of a tile. */
    private interface Tile {
        void ready(int place, int output);
    }

    private void eachTile(IntegerConvolution convolution, IntegerMap in, IntegerMap.Size out, Tile tile) {
        layOut(convolution, in);
        locate(convolution, in.shape(), out);
        IntegerPanels panels = convolution.panels();
        float[] weights = panels.of(OUTPUTS);
        boolean exact = panels.sumsAreExact();
        int stride = runs.length * runLength * OUTPUTS;
        int count = out.rows() * out.columns();
        boolean whole = convolution.output().isEmpty();
        for (int o = 0; o < out.channels(); o += OUTPUTS) {
            for (int place = 0; place < count; place += PLACES) {
                if (exact) {
                    Arrays.fill(sums, 0);
                    for (int run = 0; run < runs.length; run++) {
                        add(weights, o / OUTPUTS * stride, place, count, run, 0, runLength);
                    }
                    if (whole) {
                        Arrays.setAll(wholeSums, i -> (int) sums[i]);
                    }
                } else {
                    addInParts(weights, o / OUTPUTS * stride, place, count, panels.exactTaps());
                }
                tile.ready(place, o);
            }
        }
    }

    /** Some taps at a time, whose sums are exact, and these in integers. */
    private void addInParts(float[] weights, int at, int place, int count, int most) {
        Arrays.fill(wholeSums, 0);
        for (int run = 0; run < runs.length; run++) {
            for (int from = 0; from < runLength; from += most) {
                Arrays.fill(sums, 0);
                add(weights, at, place, count, run, from, Math.min(runLength, from + most));
                for (int i = 0; i < sums.length; i++) {
                    wholeSums[i] += (int) sums[i];
                }
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] = wholeSums[i];
        }
    }

    /** Adds the products of some taps of a run to the sums of a tile; at the end of the image some places are computed twice. */
    private void add(float[] weights, int at, int place, int count, int run, int from, int to) {
        int last = count - 1;
        int first = runs[run] + from;
        tile(
                plane,
                places[place] + first,
                places[Math.min(last, place + 1)] + first,
                places[Math.min(last, place + 2)] + first,
                places[Math.min(last, place + 3)] + first,
                to - from,
                weights,
                at + (run * runLength + from) * OUTPUTS,
                sums);
    }

    /** The integers of the image as floats, less the zero point, with a border of zeros. */
    private void layOut(IntegerConvolution convolution, IntegerMap in) {
        Window rows = convolution.rows();
        Window columns = convolution.columns();
        IntegerMap.Size size = in.shape();
        int rowLength = (columns.before() + size.columns() + columns.after()) * size.channels();
        int length = (rows.before() + size.rows() + rows.after()) * rowLength;
        if (plane.length < length) {
            plane = new float[length];
        } else {
            Arrays.fill(plane, 0, length, 0);
        }
        float zero = convolution.input().zeroPoint();
        int stretch = size.columns() * size.channels();
        for (int row = 0; row < size.rows(); row++) {
            int to = (rows.before() + row) * rowLength + columns.before() * size.channels();
            widen(in.values(), row * stretch, zero, plane, to, stretch);
        }
    }

    private static void widen(byte[] from, int start, float zero, float[] to, int toStart, int length) {
        int i = 0;
        for (; i + LANES <= length; i += LANES) {
            FloatVector floats = (FloatVector)
                    ByteVector.fromArray(BYTES, from, start + i).convertShape(VectorOperators.B2F, FLOATS, 0);
            floats.sub(zero).intoArray(to, toStart + i);
        }
        for (; i < length; i++) {
            to[toStart + i] = from[start + i] - zero;
        }
    }

    /** Where each place's first tap lies, and where from there each stretch of taps begins. */
    private void locate(IntegerConvolution convolution, IntegerMap.Size in, IntegerMap.Size out) {
        Window rows = convolution.rows();
        Window columns = convolution.columns();
        int channels = in.channels();
        int rowLength = (columns.before() + in.columns() + columns.after()) * channels;
        places = new int[out.rows() * out.columns()];
        for (int i = 0; i < places.length; i++) {
            places[i] = i / out.columns() * rows.stride() * rowLength + i % out.columns() * columns.stride() * channels;
        }
        boolean neighbours = columns.dilation() == 1;
        runLength = neighbours ? columns.size() * channels : channels;
        runs = new int[rows.size() * (neighbours ? 1 : columns.size())];
        for (int run = 0; run < runs.length; run++) {
            int a = neighbours ? run : run / columns.size();
            int b = neighbours ? 0 : run % columns.size();
            runs[run] = a * rows.dilation() * rowLength + b * columns.dilation() * channels;
        }
    }

    /**
     * Goes on with eight vectors of sums: one load of two vectors of weights serves four places. A single loop, and the sums come and go through memory, because the just-in-time compiler keeps vectors
     * in registers through one loop, but not through a loop in a loop.
     */
    private static void tile(
            float[] x, int x0, int x1, int x2, int x3, int taps, float[] weights, int weightsAt, float[] out) {
        FloatVector s00 = FloatVector.fromArray(FLOATS, out, 0);
        FloatVector s01 = FloatVector.fromArray(FLOATS, out, LANES);
        FloatVector s10 = FloatVector.fromArray(FLOATS, out, 2 * LANES);
        FloatVector s11 = FloatVector.fromArray(FLOATS, out, 3 * LANES);
        FloatVector s20 = FloatVector.fromArray(FLOATS, out, 4 * LANES);
        FloatVector s21 = FloatVector.fromArray(FLOATS, out, 5 * LANES);
        FloatVector s30 = FloatVector.fromArray(FLOATS, out, 6 * LANES);
        FloatVector s31 = FloatVector.fromArray(FLOATS, out, 7 * LANES);
        for (int tap = 0; tap < taps; tap++) {
            int w = weightsAt + tap * OUTPUTS;
            FloatVector w0 = FloatVector.fromArray(FLOATS, weights, w);
            FloatVector w1 = FloatVector.fromArray(FLOATS, weights, w + LANES);
            FloatVector v0 = FloatVector.broadcast(FLOATS, x[x0 + tap]);
            s00 = v0.fma(w0, s00);
            s01 = v0.fma(w1, s01);
            FloatVector v1 = FloatVector.broadcast(FLOATS, x[x1 + tap]);
            s10 = v1.fma(w0, s10);
            s11 = v1.fma(w1, s11);
            FloatVector v2 = FloatVector.broadcast(FLOATS, x[x2 + tap]);
            s20 = v2.fma(w0, s20);
            s21 = v2.fma(w1, s21);
            FloatVector v3 = FloatVector.broadcast(FLOATS, x[x3 + tap]);
            s30 = v3.fma(w0, s30);
            s31 = v3.fma(w1, s31);
        }
        s00.intoArray(out, 0);
        s01.intoArray(out, LANES);
        s10.intoArray(out, 2 * LANES);
        s11.intoArray(out, 3 * LANES);
        s20.intoArray(out, 4 * LANES);
        s21.intoArray(out, 5 * LANES);
        s30.intoArray(out, 6 * LANES);
        s31.intoArray(out, 7 * LANES);
    }

    /** A vector of sums as the next layer's integers; the same steps as {@link IntegerConvolution#requantize}. */
    private void requantize(IntegerConvolution convolution, int from, int o, byte[] to, int at) {
        FloatVector q = FloatVector.fromArray(FLOATS, sums, from)
                .mul(FloatVector.fromArray(FLOATS, convolution.factors(), o))
                .add(FloatVector.fromArray(FLOATS, convolution.summands(), o));
        FloatVector clamped = q.min(convolution.greatest()).max(convolution.least());
        ((ByteVector) clamped.add(ROUNDER).reinterpretAsInts().convertShape(VectorOperators.I2B, BYTES, 0))
                .intoArray(to, at);
    }
}
