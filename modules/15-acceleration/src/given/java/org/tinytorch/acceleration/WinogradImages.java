// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/WinogradImages.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import org.tinytorch.spatial.Convolution;
import org.tinytorch.spatial.Window;

/**
 * The layout of some channels of some images in a buffer as {@link Winograd} wants them: channel, point, image, strip, column. In each row, zeros lie around the values as in
 * {@link PaddedImages}, so that the taps of a kernel's row find them by an offset.
 *
 * @param firstPoint the first point that is laid out
 * @param points how many are
 * @param before zeros before the first row of an image
 * @param height rows of an image
 * @param strips of results in an image
 * @param columns how the columns are laid out
 * @param images how many are taken together
 */
record WinogradImages(int firstPoint, int points, int before, int height, int strips, PaddedAxis columns, int images) {
    /** For a convolution with three rows in the kernel and a stride of 1. */
    static WinogradImages of(int firstPoint, int points, Convolution op, Convolution.Sizes s, int images) {
        return new WinogradImages(
                firstPoint,
                points,
                op.rows().before(),
                s.height(),
                Winograd.strips(s.outHeight()),
                PaddedAxis.of(op.columns(), s.width(), s.outWidth()),
                images);
    }

    /** Rows of one point. */
    int rows() {
        return images * strips;
    }

    /** Numbers of one point. */
    int plane() {
        return rows() * columns.size();
    }

    /** Numbers of one channel. */
    int channel() {
        return points * plane();
    }

    /** Where the taps of a kernel's row lie in each channel, seen from a result's own place. */
    int[] taps(int channels, Window across) {
        int[] taps = new int[channels * across.size()];
        for (int tap = 0; tap < taps.length; tap++) {
            taps[tap] = tap / across.size() * channel() + tap % across.size() * across.dilation();
        }
        return taps;
    }

    /** Where the strips' results lie at one point. */
    Places places(int outWidth, int lanes) {
        return Places.of(strips, outWidth, columns.size(), strips * columns.size(), lanes);
    }

    /** Numbers of so many channels and what is read behind them, in one point after the other. */
    int room(int channels, int[] taps, int[] starts, int lanes) {
        int furthest = taps[taps.length - 1] + (points - 1) * plane() + starts[starts.length - 1] + lanes;
        return Math.max(channels * channel(), furthest);
    }

    /** One channel of one image and its values at the points: what a thread needs to fill the layout. The zeros above and below the image are never written. */
    final class Filling {
        private final int width = columns.length();
        private final int step = Winograd.room(strips * width);
        private final double[] rows = new double[Winograd.room((strips * Winograd.STRIP + Winograd.TAPS - 1) * width)];
        private final double[] values = new double[Winograd.POINTS * step];

        /**
         * Lays out some channels of some images.
         *
         * @param here how many images
         * @param at where channel 0 of the first one begins
         * @param imageStep from there to the next one's
         */
        void fill(Pixels to, int channels, int here, double[] from, int at, int imageStep) {
            int plane = height * width;
            int count = Math.min(height, strips * Winograd.STRIP + Winograd.TAPS - 1 - before) * width;
            for (int image = 0; image < here; image++) { // first, since its channels lie together
                for (int channel = 0; channel < channels; channel++) {
                    System.arraycopy(from, at + image * imageStep + channel * plane, rows, before * width, count);
                    for (int strip = 0; strip < strips; strip++) {
                        Winograd.pixels(
                                rows, strip * Winograd.STRIP * width, width, values, strip * width, step, width);
                    }
                    int start = channel * channel() + image * strips * columns.size() + columns.before();
                    for (int point = 0; point < points; point++) {
                        to.put(
                                values,
                                (firstPoint + point) * step,
                                width,
                                1,
                                start + point * plane(),
                                columns.size(),
                                strips,
                                width);
                    }
                }
            }
        }
    }

    Filling filling() {
        return new Filling();
    }
}
