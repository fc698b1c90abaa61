package org.tinytorch.acceleration;

import java.util.stream.IntStream;
import org.tinytorch.spatial.Convolution;

/**
 * The gradient of a convolution's weight: for each weight, the products of the gradients with the pixels that it met. Gradients are laid out like the pixels, with zeros
 * in the places between the rows, so that both are read as long vectors, and some images at once.
 *
 * <p>Each weight is summed up by one thread, images in order, so that the result does not depend on the number of threads.
 */
final class SlidingProducts {
    /** So many places are summed up before the partial sums of a vector are put together. */
    static final int TOGETHER = 4400;

    /** So many are multiplied with one weight's pixels after the other: the gradients of a block of outputs stay in the first-level cache. */
    private static final int AT_ONCE = 384;

    private final PaddedImages layout;
    private final int[] taps;
    private final Convolution.Sizes s;
    private final int groups;
    private final int channels;
    private final int outputs;

    /**
     * @param layout of the images that are taken together, with the channels of one group
     * @param taps where the pixels of each weight lie, for one output of one group
     */
    SlidingProducts(PaddedImages layout, int[] taps, Convolution.Sizes s, int groups) {
        this.layout = layout;
        this.taps = taps;
        this.s = s;
        this.groups = groups;
        this.channels = s.channels() / groups;
        this.outputs = s.outputs() / groups;
    }

    /** Adds to {@code gw}. */
    void run(double[] x, double[] g, double[] gw, Workers workers, Pixels pixels) {
        int blocks = (outputs + pixels.rows() - 1) / pixels.rows();
        int tiles = (taps.length + pixels.taps() - 1) / pixels.taps();
        int furthest = IntStream.of(taps).max().orElse(0) + wholeVectors(layout, pixels);
        pixels.clear(Math.max(channels * layout.channel(), furthest));
        pixels.clearGradients(outputs, layout.images() * layout.plane());
        for (int first = 0; first < s.images(); first += layout.images()) {
            PaddedImages here =
                    new PaddedImages(layout.rows(), layout.columns(), Math.min(layout.images(), s.images() - first));
            long work = (long) here.images() * layout.plane() * taps.length * outputs;
            int parts = SplitGemm.parts(work, Integer.MAX_VALUE, workers.threads());
            for (int group = 0; group < groups; group++) {
                int image = first;
                int groupHere = group;
                workers.share(
                        channels + outputs, parts, (from, to) -> fill(x, g, image, here, groupHere, from, to, pixels));
                workers.share(
                        blocks * tiles, parts, (from, to) -> products(from, to, tiles, groupHere, here, gw, pixels));
            }
        }
    }

    private static int wholeVectors(PaddedImages images, Pixels pixels) {
        int places = images.images() * images.plane();
        return (places + pixels.lanes() - 1) / pixels.lanes() * pixels.lanes();
    }

    /** Lays out channels and then gradients, {@code from … to − 1} of both together. */
    private void fill(
            double[] x, double[] g, int first, PaddedImages here, int group, int from, int to, Pixels pixels) {
        int inputPlane = s.height() * s.width();
        int outputPlane = s.outHeight() * s.outWidth();
        for (int channel = from; channel < Math.min(to, channels); channel++) {
            for (int image = 0; image < here.images(); image++) {
                int at = ((first + image) * s.channels() + group * channels + channel) * inputPlane;
                layout.fill(pixels, channel, image, x, at);
            }
        }
        for (int output = Math.max(0, from - channels); output < to - channels; output++) {
            int at = (first * s.outputs() + group * outputs + output) * outputPlane;
            pixels.putGradient(output, g, at, s.outputs() * outputPlane, here, s.outHeight(), s.outWidth());
        }
    }

    /** The weights {@code from … to − 1}, counted in tiles, block of outputs by block of outputs. */
    private void products(int from, int to, int tiles, int group, PaddedImages here, double[] gw, Pixels pixels) {
        int next;
        for (int i = from; i < to; i = next) {
            int block = i / tiles;
            next = Math.min(to, (block + 1) * tiles);
            block(block, i % tiles, next - i, group, wholeVectors(here, pixels), gw, pixels);
        }
    }

    private void block(int block, int first, int tiles, int group, int places, double[] gw, Pixels pixels) {
        int output = block * pixels.rows();
        pixels.clearSums(tiles);
        for (int place = 0; place < places; place += AT_ONCE) {
            int count = Math.min(AT_ONCE, places - place);
            for (int tile = 0; tile < tiles; tile++) {
                pixels.products(count, block, taps, (first + tile) * pixels.taps(), place, tile);
            }
        }
        for (int tile = 0; tile < tiles; tile++) {
            int tap = (first + tile) * pixels.taps();
            int tapsHere = Math.min(pixels.taps(), taps.length - tap);
            for (int row = 0; row < Math.min(pixels.rows(), outputs - output); row++) {
                int at = (group * outputs + output + row) * taps.length + tap;
                for (int t = 0; t < tapsHere; t++) {
                    gw[at + t] += pixels.sum(tile, row, t);
                }
            }
        }
    }
}
