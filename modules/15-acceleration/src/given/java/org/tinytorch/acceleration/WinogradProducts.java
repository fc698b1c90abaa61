// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/WinogradProducts.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.stream.IntStream;
import org.tinytorch.spatial.Convolution;

/**
 * What {@link SlidingProducts} computes, by {@link Winograd}'s filtering: half of the products, between the values of gradients and pixels at six points.
 *
 * <p>What belongs to one point is no other point's business. So threads share the points, and the outputs if there are more threads, and each lays out for itself what it needs.
 * Each weight's value at a point is summed up by one thread, images in order: the result does not depend on the number of threads.
 */
final class WinogradProducts {
    /** So many places, of all points, are summed up before the partial sums of a vector are put together. */
    private static final int TOGETHER = 10_000;

    private final Convolution op;
    private final Convolution.Sizes s;
    private final int groups;
    /** Per group. */
    private final int channels;
    /** Per group. */
    private final int outputs;

    private final double[] x;
    private final double[] g;
    /** For each output and each point, of the taps of all channels. */
    private final double[] sums;

    WinogradProducts(Convolution op, Convolution.Sizes s, double[] x, double[] g) {
        this.op = op;
        this.s = s;
        this.groups = op.groups();
        this.channels = s.channels() / groups;
        this.outputs = s.outputs() / groups;
        this.x = x;
        this.g = g;
        this.sums = new double
                [s.outputs() * Winograd.POINTS * channels * op.columns().size()];
    }

    /** The gradient of the weight. */
    double[] run(Workers workers, ThreadLocal<Pixels> pixels) {
        int rows = pixels.get().rows();
        long work = (long) s.images() * s.outHeight() * s.outWidth() * sums.length / Winograd.STRIP;
        int parts = SplitGemm.parts(work, Integer.MAX_VALUE, workers.threads());
        int ofPoints = Math.min(parts, Winograd.POINTS);
        int blocks = (outputs + rows - 1) / rows;
        int ofBlocks = Math.min(parts / ofPoints, blocks);
        workers.run(ofPoints * ofBlocks, part -> {
            Portion point = Portion.of(Winograd.POINTS, part % ofPoints, ofPoints);
            Portion block = Portion.of(blocks, part / ofPoints, ofBlocks);
            int first = block.from() * rows;
            int last = Math.min(outputs, block.to() * rows);
            new Part(point.from(), point.size(), first, last - first, pixels.get()).run();
        });
        return Winograd.kernelGradient(sums, channels, op.columns().size());
    }

    /** What one thread does, with its buffers. */
    private final class Part {
        private final int firstPoint;
        private final int points;
        private final int firstOutput;
        private final int outputsHere;
        private final Pixels pixels;
        private final WinogradImages layout;
        private final Places places;
        /** Vectors of gradients from one point to the next. */
        private final int room;

        private final TapProducts products;

        Part(int firstPoint, int points, int firstOutput, int outputsHere, Pixels pixels) {
            this.firstPoint = firstPoint;
            this.points = points;
            this.firstOutput = firstOutput;
            this.outputsHere = outputsHere;
            this.pixels = pixels;
            int lanes = pixels.lanes();
            int most =
                    Math.max(1, Math.min(s.images() / 2, TOGETHER / (layout(1).plane() * Winograd.POINTS)));
            int times = (s.images() + most - 1) / most;
            this.layout = layout((s.images() + times - 1) / times); // each time about the same number
            this.places = layout.places(s.outWidth(), lanes);
            int[] ofOnePoint = places.starts(layout.images(), lanes);
            this.room = ofOnePoint.length;
            int[] starts = IntStream.range(0, points * room)
                    .map(vector -> vector / room * layout.plane() + ofOnePoint[vector % room])
                    .toArray();
            int[] taps = layout.taps(channels, op.columns());
            this.products = new TapProducts(outputsHere, taps, starts);
            pixels.clear(layout.room(channels, taps, ofOnePoint, lanes));
            pixels.clearGradients(outputsHere, points * room);
        }

        private WinogradImages layout(int images) {
            return WinogradImages.of(firstPoint, points, op, s, images);
        }

        void run() {
            for (int image = 0; image < s.images(); image += layout.images()) {
                int here = Math.min(layout.images(), s.images() - image);
                for (int group = 0; group < groups; group++) {
                    fillPixels(image, here, group);
                    fillGradients(image, here, group);
                    multiply(here, group);
                }
            }
        }

        private void fillPixels(int image, int here, int group) {
            int plane = s.height() * s.width();
            int at = (image * s.channels() + group * channels) * plane;
            layout.filling().fill(pixels, channels, here, x, at, s.channels() * plane);
        }

        private void fillGradients(int image, int here, int group) {
            int width = s.outWidth();
            int plane = s.outHeight() * width;
            int strips = layout.strips();
            int step = Winograd.room(here * strips * width);
            double[] rows = new double[Winograd.room(strips * Winograd.STRIP * width)];
            double[] values = new double[Winograd.POINTS * step];
            double[] line = new double[room * pixels.lanes()];
            for (int output = 0; output < outputsHere; output++) {
                int at = (image * s.outputs() + group * outputs + firstOutput + output) * plane;
                for (int i = 0; i < here; i++) {
                    System.arraycopy(g, at + i * s.outputs() * plane, rows, 0, plane);
                    for (int strip = 0; strip < strips; strip++) {
                        int to = (i * strips + strip) * width;
                        Winograd.gradients(rows, strip * Winograd.STRIP * width, width, values, to, step, width);
                    }
                }
                for (int point = 0; point < points; point++) {
                    int from = (firstPoint + point) * step;
                    places.put(pixels, output, point * room, values, from, strips * width, here, line);
                }
            }
        }

        private void multiply(int here, int group) {
            int vectors = places.vectors(here, pixels.lanes());
            int taps = products.taps().length;
            for (int block = 0; block < products.blocks(pixels); block++) {
                int output = group * outputs + firstOutput + block * pixels.rows();
                for (int point = 0; point < points; point++) {
                    int at = (output * Winograd.POINTS + firstPoint + point) * taps;
                    int from = point * room;
                    products.add(block, from, from + vectors, sums, at, Winograd.POINTS * taps, pixels);
                }
            }
        }
    }
}
