// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/IntegerMaxPool.java. Read it, don't edit it.
package org.tinytorch.precision;

import org.tinytorch.spatial.Window;

/**
 * The largest integer of each window: since larger integers mean larger numbers, no scale is needed.
 *
 * @param rows without padding
 * @param columns without padding
 */
record IntegerMaxPool(Window rows, Window columns) implements IntegerStage {
    IntegerMaxPool {
        if (rows.before() > 0 || rows.after() > 0 || columns.before() > 0 || columns.after() > 0) {
            throw new IllegalArgumentException(
                    "static quantization: a max pool with padding is not possible; use one without");
        }
    }

    @Override
    public IntegerMap.Size size(IntegerMap.Size in) {
        return new IntegerMap.Size(rows.outputs(in.rows()), columns.outputs(in.columns()), in.channels());
    }

    /** One comparison for each place of each window. */
    @Override
    public IntegerWork work(IntegerMap.Size in) {
        int out = size(in).count();
        return new IntegerWork(0, (long) out * rows.size() * columns.size(), in.count(), out);
    }

    @Override
    public IntegerMap forward(IntegerMap in) {
        IntegerMap.Size out = size(in.shape());
        int channels = out.channels();
        byte[] values = new byte[out.count()];
        for (int i = 0; i < out.rows(); i++) {
            for (int j = 0; j < out.columns(); j++) {
                for (int c = 0; c < channels; c++) {
                    values[(i * out.columns() + j) * channels + c] = largest(in, i, j, c);
                }
            }
        }
        return new IntegerMap(values, out, in.how());
    }

    private byte largest(IntegerMap in, int i, int j, int c) {
        byte largest = Byte.MIN_VALUE;
        for (int a = 0; a < rows.size(); a++) {
            for (int b = 0; b < columns.size(); b++) {
                int row = rows.start(i) + a * rows.dilation();
                int column = columns.start(j) + b * columns.dilation();
                byte value = in.values()[
                        (row * in.shape().columns() + column) * in.shape().channels() + c];
                largest = value > largest ? value : largest;
            }
        }
        return largest;
    }
}
