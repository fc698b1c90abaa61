// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/IntegerMap.java. Read it, don't edit it.
package org.tinytorch.precision;

import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/**
 * Small integers at each place of one image, with all channels of a place side by side: {@code (rows, columns, channels)}. What is one number for the next layer's sums lies together in memory then.
 *
 * @param values the integers
 * @param shape rows, columns and channels
 * @param how what they mean
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record IntegerMap(byte[] values, Size shape, Quantization how) {
    /** The size of a map. */
    record Size(int rows, int columns, int channels) {
        /** How many integers. */
        int count() {
            return Math.multiplyExact(Math.multiplyExact(rows, columns), channels);
        }

        /** Of one image of a batch {@code (N, C, H, W)}, or of one row of features {@code (N, C)}. */
        static Size of(Shape x) {
            return x.rank() == 4 ? new Size(x.dim(2), x.dim(3), x.dim(1)) : new Size(1, 1, x.dim(1));
        }
    }

    /** One image of a batch in integers. */
    static IntegerMap quantize(Tensor x, int image, Quantization how) {
        Size size = Size.of(x.shape());
        int places = size.rows() * size.columns();
        int from = image * size.count();
        byte[] values = new byte[size.count()];
        for (int c = 0; c < size.channels(); c++) {
            for (int place = 0; place < places; place++) {
                values[place * size.channels() + c] = (byte) how.quantize(x.data()[from + c * places + place]);
            }
        }
        return new IntegerMap(values, size, how);
    }

    /** Writes what the integers mean into one image of a batch. */
    void dequantize(double[] batch, int image) {
        int places = shape.rows() * shape.columns();
        int from = image * shape.count();
        for (int c = 0; c < shape.channels(); c++) {
            for (int place = 0; place < places; place++) {
                batch[from + c * places + place] = how.dequantize(values[place * shape.channels() + c]);
            }
        }
    }
}
