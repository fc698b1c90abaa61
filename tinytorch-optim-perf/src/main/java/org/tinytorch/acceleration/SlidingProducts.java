package org.tinytorch.acceleration;

import java.util.stream.IntStream;
import org.tinytorch.spatial.Convolution;

/**
 * The gradient of a convolution's weight: for each weight, the products of the gradients with the pixels that it met. Both are laid out to be read as vectors, some
 * images at once.
 *
 * <p>Each weight is summed up by one thread, images in order, so that the result does not depend on the number of threads.
 */
final class SlidingProducts {
    /** So many places are summed up before the partial sums of a vector are put together. */
    static final int TOGETHER = 4400;

    /** So many vectors are multiplied with one weight's pixels after the other: the gradients of a block of outputs stay in the first-level cache. */
    private static final int AT_ONCE = 48;

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
        int lanes = pixels.lanes();
        int blocks = (outputs + pixels.rows() - 1) / pixels.rows();
        int tiles = (taps.length + pixels.taps() - 1) / pixels.taps();
        GradientLayout gradients = GradientLayout.of(layout, s.outHeight(), s.outWidth(), lanes);
        int[] starts = gradients.starts(layout, lanes);
        int furthest =
                IntStream.of(taps).max().orElse(0) + IntStream.of(starts).max().orElse(0) + lanes;
        pixels.clear(Math.max(channels * layout.channel(), furthest));
        pixels.clearGradients(outputs, starts.length);
        for (int first = 0; first < s.images(); first += layout.images()) {
            int image = first;
            int images = Math.min(layout.images(), s.images() - first);
            int vectors = gradients.vectors(images, lanes);
            int parts = SplitGemm.parts(
                    (long) vectors * lanes * taps.length * outputs, Integer.MAX_VALUE, workers.threads());
            for (int group = 0; group < groups; group++) {
                int groupHere = group;
                workers.share(channels + outputs, parts, (from, to) -> {
                    fillPixels(x, image, images, groupHere, from, Math.min(to, channels), pixels);
                    for (int output = Math.max(0, from - channels); output < to - channels; output++) {
                        int at = (image * s.outputs() + groupHere * outputs + output) * s.outHeight() * s.outWidth();
                        int imageStep = s.outputs() * s.outHeight() * s.outWidth();
                        pixels.putGradient(output, g, at, imageStep, gradients, images);
                    }
                });
                workers.share(
                        blocks * tiles,
                        parts,
                        (from, to) -> products(from, to, tiles, groupHere, starts, vectors, gw, pixels));
            }
        }
    }

    private void fillPixels(double[] x, int first, int images, int group, int from, int to, Pixels pixels) {
        int plane = s.height() * s.width();
        for (int image = 0; image < images; image++) { // first, since its channels lie together
            for (int channel = from; channel < to; channel++) {
                int at = ((first + image) * s.channels() + group * channels + channel) * plane;
                layout.fill(pixels, channel, image, x, at);
            }
        }
    }

    /** The weights {@code from … to − 1}, counted in tiles, block of outputs by block of outputs. */
    private void products(
            int from, int to, int tiles, int group, int[] starts, int vectors, double[] gw, Pixels pixels) {
        int next;
        for (int i = from; i < to; i = next) {
            int block = i / tiles;
            next = Math.min(to, (block + 1) * tiles);
            block(block, i % tiles, next - i, group, starts, vectors, gw, pixels);
        }
    }

    private void block(
            int block, int first, int tiles, int group, int[] starts, int vectors, double[] gw, Pixels pixels) {
        int output = block * pixels.rows();
        pixels.clearSums(tiles);
        for (int vector = 0; vector < vectors; vector += AT_ONCE) {
            int end = Math.min(vectors, vector + AT_ONCE);
            for (int tile = 0; tile < tiles; tile++) {
                pixels.products(block, starts, vector, end, taps, (first + tile) * pixels.taps(), tile);
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
