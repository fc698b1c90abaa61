// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/SlidingProducts.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.stream.IntStream;
import org.tinytorch.spatial.Convolution;

/**
 * The gradient of a convolution's weight: for each weight, the products of the gradients with the pixels that it met. Both are laid out to be read as vectors, some
 * images at once.
 *
 * <p>Threads share the weights, and each lays out for itself what these need: what one thread lays out and another reads comes out of the other's cache, which takes longer than to do it twice.
 * Each weight is summed up by one thread, images in order, so that the result does not depend on the number of threads.
 */
final class SlidingProducts {
    /** So many places are summed up before the partial sums of a vector are put together. */
    private static final int TOGETHER = 4400;

    /** With fewer channels for each thread, outputs are shared first. */
    private static final int CHANNELS = 4;

    private final Convolution op;
    private final Convolution.Sizes s;
    /** Of the images that are taken together. */
    private final PaddedImages layout;
    /** Per group. */
    private final int channels;
    /** Per group. */
    private final int outputs;

    private final double[] x;
    private final double[] g;
    private final double[] gw;

    SlidingProducts(Convolution op, Convolution.Sizes s, double[] x, double[] g) {
        this.op = op;
        this.s = s;
        // a quarter at most, so that the buffers of up to 16 threads take less memory than all images
        int images =
                Math.min(s.images() / 4, TOGETHER / PaddedImages.of(op, s, 1).plane());
        this.layout = PaddedImages.of(op, s, Math.max(1, images));
        this.channels = s.channels() / op.groups();
        this.outputs = s.outputs() / op.groups();
        this.x = x;
        this.g = g;
        this.gw = new double[s.outputs() * channels * kernel()];
    }

    private int kernel() {
        return op.rows().size() * op.columns().size();
    }

    /** The gradient of the weight. */
    double[] run(Workers workers, ThreadLocal<Pixels> pixels) {
        long work = (long) s.images() * s.outHeight() * s.outWidth() * gw.length;
        int parts = SplitGemm.parts(work, Integer.MAX_VALUE, workers.threads());
        int rows = pixels.get().rows();
        int blocks = (outputs + rows - 1) / rows;
        int ofGroups = Math.min(parts, op.groups());
        int rest = parts / ofGroups;
        int ofChannels = channels < CHANNELS * rest ? Math.min(channels, rest / Math.min(rest, blocks)) : side(rest);
        int ofBlocks = Math.min(blocks, rest / ofChannels);
        workers.run(ofGroups * ofChannels * ofBlocks, part -> {
            Portion group = Portion.of(op.groups(), part % ofGroups, ofGroups);
            Portion channel = Portion.of(channels, part / ofGroups % ofChannels, ofChannels);
            Portion block = Portion.of(blocks, part / ofGroups / ofChannels, ofBlocks);
            Portion output = new Portion(block.from() * rows, Math.min(outputs, block.to() * rows));
            new Part(channel, output, pixels.get()).run(group);
        });
        return gw;
    }

    /** Of a rectangle of so many squares that is as square as can be, the longer side. */
    private static int side(int area) {
        int side = (int) Math.ceil(Math.sqrt(area));
        while (area % side != 0) {
            side++;
        }
        return side;
    }

    /** What one thread does, with its buffers. */
    private final class Part {
        private final Portion channel;
        private final Portion output;
        private final Pixels pixels;
        private final Places places;
        private final TapProducts products;

        Part(Portion channel, Portion output, Pixels pixels) {
            this.channel = channel;
            this.output = output;
            this.pixels = pixels;
            int lanes = pixels.lanes();
            this.places =
                    Places.of(s.outHeight(), s.outWidth(), layout.columns().size(), layout.plane(), lanes);
            int[] starts = places.starts(layout.images(), lanes);
            int[] taps = layout.taps(channel.size(), op);
            this.products = new TapProducts(output.size(), taps, starts);
            int furthest = IntStream.of(taps).max().orElse(0)
                    + IntStream.of(starts).max().orElse(0)
                    + lanes;
            pixels.clear(Math.max(channel.size() * layout.channel(), furthest));
            pixels.clearGradients(output.size(), starts.length);
        }

        void run(Portion groups) {
            for (int image = 0; image < s.images(); image += layout.images()) {
                int here = Math.min(layout.images(), s.images() - image);
                for (int group = groups.from(); group < groups.to(); group++) {
                    fillPixels(image, here, group * channels + channel.from());
                    fillGradients(image, here, group * outputs + output.from());
                    multiply(here, group * outputs + output.from());
                }
            }
        }

        private void fillPixels(int image, int here, int firstChannel) {
            int plane = s.height() * s.width();
            for (int i = 0; i < here; i++) { // first, since its channels lie together
                int at = ((image + i) * s.channels() + firstChannel) * plane;
                for (int c = 0; c < channel.size(); c++) {
                    layout.fill(pixels, c, i, x, at + c * plane);
                }
            }
        }

        private void fillGradients(int image, int here, int firstOutput) {
            int plane = s.outHeight() * s.outWidth();
            int at = (image * s.outputs() + firstOutput) * plane;
            double[] line = new double[places.vectors(here, pixels.lanes()) * pixels.lanes()];
            for (int o = 0; o < output.size(); o++) {
                places.put(pixels, o, 0, g, at + o * plane, s.outputs() * plane, here, line);
            }
        }

        private void multiply(int here, int firstOutput) {
            int vectors = places.vectors(here, pixels.lanes());
            int step = channels * kernel();
            for (int block = 0; block < products.blocks(pixels); block++) {
                int at = (firstOutput + block * pixels.rows()) * step + channel.from() * kernel();
                products.add(block, 0, vectors, gw, at, step, pixels);
            }
        }
    }
}
