// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/WinogradSums.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import org.tinytorch.spatial.Convolution;
import org.tinytorch.spatial.Window;

/**
 * A convolution by {@link Winograd}'s filtering: at each of six points, kernels of one row slide over the values there, and the six results are put together to four rows.
 */
final class WinogradSums {
    /** Numbers of images that are laid out at once, unless one image alone has more: they stay in the second-level cache. */
    private static final int TOGETHER = 60_000;

    /** So many places are computed at all points and then put together, in the first-level cache. */
    private static final int PLACES = 128;

    private static final double[] NO_BIAS = {};

    private final Convolution op;
    private final Convolution.Sizes s;
    private final Window across;
    /** Per group. */
    private final int channels;
    /** Per group. */
    private final int outputs;

    /** @param op with three rows in the kernel and a stride of 1 */
    WinogradSums(Convolution op, Convolution.Sizes s) {
        this.op = op;
        this.s = s;
        this.across = op.columns();
        this.channels = s.channels() / op.groups();
        this.outputs = s.outputs() / op.groups();
    }

    /**
     * Fills {@code y}. The images are shared out among the threads, each of which lays out at most half of its own at once.
     *
     * @param bias one for each output, or none
     * @param least results below it are raised to it
     */
    void run(
            double[] x,
            double[] weights,
            double[] bias,
            double least,
            double[] y,
            Workers workers,
            ThreadLocal<Pixels> pixels) {
        double[] kernels = Winograd.kernels(weights, across.size());
        long work = (long) s.images() * s.outHeight() * s.outWidth() * kernels.length / Winograd.STRIP;
        int parts = SplitGemm.parts(work, Math.max(1, s.images() / 2), workers.threads());
        workers.share(s.images(), parts, (from, to) -> new Part(x, bias, least, y, pixels.get(), (to - from) / 2)
                .run(kernels, from, to));
    }

    /** What one thread does, with its buffers. */
    private final class Part {
        private final double[] x;
        private final double[] bias;
        private final double least;
        private final double[] y;
        private final Pixels pixels;
        private final WinogradImages layout;
        private final int[] taps;
        private final Places places;
        private final int[] starts;
        private final int blocks;
        private final int panel;
        private final double[] products;

        Part(double[] x, double[] bias, double least, double[] y, Pixels pixels, int most) {
            this.x = x;
            this.bias = bias;
            this.least = least;
            this.y = y;
            this.pixels = pixels;
            int together = Math.min(most, TOGETHER / (channels * layout(1).channel()));
            this.layout = layout(Math.max(1, together));
            this.taps = layout.taps(channels, across);
            this.places = layout.places(s.outWidth(), pixels.lanes());
            this.starts = places.starts(layout.images(), pixels.lanes());
            this.blocks = (outputs + pixels.rows() - 1) / pixels.rows();
            this.panel = pixels.rows() * (1 + channels * across.size());
            this.products = new double[Winograd.POINTS * pixels.rows() * PLACES];
        }

        private WinogradImages layout(int images) {
            return WinogradImages.of(0, Winograd.POINTS, op, s, images);
        }

        void run(double[] kernels, int from, int to) {
            pixels.clear(layout.room(channels, taps, starts, pixels.lanes()));
            pack(kernels);
            WinogradImages.Filling filling = layout.filling();
            int plane = s.height() * s.width();
            for (int image = from; image < to; image += layout.images()) {
                int here = Math.min(layout.images(), to - image);
                for (int group = 0; group < op.groups(); group++) {
                    int source = (image * s.channels() + group * channels) * plane;
                    filling.fill(pixels, channels, here, x, source, s.channels() * plane);
                    for (int block = 0; block < blocks; block++) {
                        block(image, here, group, block);
                    }
                }
            }
        }

        /** For each block of outputs and each point, the weights of all taps. */
        private void pack(double[] kernels) {
            int perOutput = channels * Winograd.POINTS * across.size();
            pixels.clearWeights(op.groups() * blocks * Winograd.POINTS * panel);
            for (int point = 0; point < Winograd.POINTS; point++) {
                int[] sources = new int[taps.length];
                for (int tap = 0; tap < sources.length; tap++) {
                    int channel = tap / across.size();
                    sources[tap] = (channel * Winograd.POINTS + point) * across.size() + tap % across.size();
                }
                for (int block = 0; block < op.groups() * blocks; block++) {
                    int first = block % blocks * pixels.rows();
                    int present = Math.min(pixels.rows(), outputs - first);
                    int from = (block / blocks * outputs + first) * perOutput;
                    int to = (block * Winograd.POINTS + point) * panel;
                    pixels.pack(kernels, from, sources, perOutput, present, NO_BIAS, 0, to);
                }
            }
        }

        /** All results of some outputs whose weights lie together in a panel. */
        private void block(int image, int here, int group, int block) {
            int all = here * places.plane();
            int first = group * outputs + block * pixels.rows();
            int present = Math.min(pixels.rows(), outputs - block * pixels.rows());
            for (int place = 0; place < all; place += PLACES) {
                int length = Math.min(PLACES, all - place);
                multiply((group * blocks + block) * Winograd.POINTS, place, length);
                for (int row = 0; row < present; row++) {
                    double start = bias.length > 0 ? bias[first + row] : 0;
                    int plane = image * s.outputs() + first + row;
                    results(row * PLACES, place, length, start, plane * s.outHeight() * s.outWidth());
                }
            }
        }

        private void multiply(int firstPanel, int place, int length) {
            int lanes = pixels.lanes();
            int first = place / lanes;
            int vectors = (length + lanes - 1) / lanes;
            for (int point = 0; point < Winograd.POINTS; point++) {
                int plane = point * layout.plane();
                int to = point * pixels.rows() * PLACES;
                for (int v = 0; v < vectors; v += 2) {
                    int next = Math.min(v + 1, vectors - 1); // the last one twice, if their number is odd
                    pixels.sums(
                            (firstPanel + point) * panel,
                            taps,
                            plane + starts[first + v],
                            plane + starts[first + next],
                            Double.NEGATIVE_INFINITY,
                            products,
                            to + v * lanes,
                            to + next * lanes,
                            PLACES);
                }
            }
        }

        /** Rows of whole vectors go where they belong at once; otherwise, what lies between the rows is computed too, and not copied. */
        private void results(int at, int place, int length, double start, int to) {
            int step = pixels.rows() * PLACES;
            int pitch = places.pitch();
            int width = s.outWidth();
            boolean whole = width % Winograd.LANES == 0 && s.outHeight() % Winograd.STRIP == 0;
            if (!whole) {
                Winograd.results(products, at, step, length, start, least, products, at, step);
            }
            int end = place + length;
            for (int row = place / pitch; row * pitch < end; row++) {
                int from = Math.max(place, row * pitch);
                int count = Math.min(end, row * pitch + width) - from;
                int image = row / layout.strips() * s.outputs() * s.outHeight() * width;
                int firstRow = row % layout.strips() * Winograd.STRIP;
                int result = to + image + firstRow * width + from - row * pitch;
                int source = at + from - place;
                if (whole) {
                    Winograd.results(products, source, step, count, start, least, y, result, width);
                } else if (count > 0) {
                    for (int i = 0; i < Math.min(Winograd.STRIP, s.outHeight() - firstRow); i++) {
                        System.arraycopy(products, source + i * step, y, result + i * width, count);
                    }
                }
            }
        }
    }
}
