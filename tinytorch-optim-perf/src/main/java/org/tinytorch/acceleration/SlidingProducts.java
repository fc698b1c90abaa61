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
        Places places = Places.of(s.outHeight(), s.outWidth(), layout.columns().size(), layout.plane(), lanes);
        int[] starts = places.starts(layout.images(), lanes);
        TapProducts products = new TapProducts(outputs, taps, starts);
        int furthest =
                IntStream.of(taps).max().orElse(0) + IntStream.of(starts).max().orElse(0) + lanes;
        pixels.clear(Math.max(channels * layout.channel(), furthest));
        pixels.clearGradients(outputs, starts.length);
        for (int first = 0; first < s.images(); first += layout.images()) {
            int image = first;
            int images = Math.min(layout.images(), s.images() - first);
            int vectors = places.vectors(images, lanes);
            int parts = SplitGemm.parts(
                    (long) vectors * lanes * taps.length * outputs, Integer.MAX_VALUE, workers.threads());
            for (int group = 0; group < groups; group++) {
                int groupHere = group;
                workers.share(channels + outputs, parts, (from, to) -> {
                    fillPixels(x, image, images, groupHere, from, Math.min(to, channels), pixels);
                    double[] line = new double[vectors * lanes];
                    int imageStep = s.outputs() * s.outHeight() * s.outWidth();
                    for (int output = Math.max(0, from - channels); output < to - channels; output++) {
                        int at = image * imageStep + (groupHere * outputs + output) * s.outHeight() * s.outWidth();
                        places.put(pixels, output, 0, g, at, imageStep, images, line);
                    }
                });
                int tiles = products.tiles(pixels);
                workers.share(products.blocks(pixels) * tiles, parts, (from, to) -> {
                    int next;
                    for (int i = from; i < to; i = next) {
                        int block = i / tiles;
                        next = Math.min(to, (block + 1) * tiles);
                        int at = (groupHere * outputs + block * pixels.rows()) * taps.length;
                        products.add(block, 0, vectors, i % tiles, next - i, gw, at, taps.length, pixels);
                    }
                });
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
}
