// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/PaddedImages.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import org.tinytorch.spatial.Convolution;

/**
 * The layout of some channels of some images in a buffer with the zeros around them: channel, phase of the rows, phase of the columns, image, row, column.
 *
 * @param rows how the rows are laid out
 * @param columns how the columns are
 * @param images how many images lie one after the other
 */
record PaddedImages(PaddedAxis rows, PaddedAxis columns, int images) {
    /** For what a convolution's windows see. */
    static PaddedImages of(Convolution op, Convolution.Sizes s, int images) {
        return new PaddedImages(
                PaddedAxis.of(op.rows(), s.height(), s.outHeight()),
                PaddedAxis.of(op.columns(), s.width(), s.outWidth()),
                images);
    }

    /** Numbers that one phase of one image takes. */
    int plane() {
        return rows.size() * columns.size();
    }

    /** Numbers that one channel takes. */
    int channel() {
        return rows.phases() * columns.phases() * images * plane();
    }

    /** Where a tap finds the first output's pixel: at the given positions, zeros counted. */
    int tap(int channel, int row, int column) {
        return start(channel, rows.phase(row), columns.phase(column), 0)
                + rows.place(row) * columns.size()
                + columns.place(column);
    }

    /** Where the pixels of each tap of a kernel lie: channel by channel, row by row. */
    int[] taps(int channels, Convolution op) {
        int[] taps = new int[channels * op.rows().size() * op.columns().size()];
        int at = 0;
        for (int channel = 0; channel < channels; channel++) {
            for (int a = 0; a < op.rows().size(); a++) {
                for (int b = 0; b < op.columns().size(); b++) {
                    taps[at++] = tap(
                            channel, a * op.rows().dilation(), b * op.columns().dilation());
                }
            }
        }
        return taps;
    }

    private int start(int channel, int rowPhase, int columnPhase, int image) {
        return channel * channel() + ((rowPhase * columns.phases() + columnPhase) * images + image) * plane();
    }

    /** Copies one channel of an image into its places; the zeros are there already. */
    void fill(Pixels pixels, int channel, int image, double[] from, int at) {
        for (int rowPhase = 0; rowPhase < rows.phases(); rowPhase++) {
            int firstRow = rows.firstPixel(rowPhase);
            for (int columnPhase = 0; columnPhase < columns.phases(); columnPhase++) {
                int firstColumn = columns.firstPixel(columnPhase);
                int to = start(channel, rowPhase, columnPhase, image)
                        + rows.place(rows.before() + firstRow) * columns.size()
                        + columns.place(columns.before() + firstColumn);
                pixels.put(
                        from,
                        at + firstRow * columns.length() + firstColumn,
                        rows.phases() * columns.length(),
                        columns.phases(),
                        to,
                        columns.size(),
                        rows.pixels(rowPhase),
                        columns.pixels(columnPhase));
            }
        }
    }
}
