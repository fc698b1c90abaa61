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
    static final int TOGETHER = 2048;

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
        int rows = pixels.rows();
        int blocks = (outputs + rows - 1) / rows;
        int plane = layout.plane();
        int length = (layout.images() * plane + pixels.lanes() - 1) / pixels.lanes() * pixels.lanes();
        pixels.clear(Math.max(
                channels * layout.channel(), length + IntStream.of(taps).max().orElse(0)));
        pixels.clearGradients(blocks * rows * length);
        int triples = (taps.length + pixels.taps() - 1) / pixels.taps();
        for (int first = 0; first < s.images(); first += layout.images()) {
            int from = first;
            int here = Math.min(layout.images(), s.images() - first);
            for (int group = 0; group < groups; group++) {
                int groupHere = group;
                long work = (long) here * plane * taps.length * outputs;
                int parts = SplitGemm.parts(work, Integer.MAX_VALUE, workers.threads());
                workers.share(
                        channels + outputs, parts, (a, b) -> fill(x, g, from, here, groupHere, a, b, length, pixels));
                workers.share(
                        blocks * triples,
                        parts,
                        (a, b) -> products(a, b, triples, groupHere, here * plane, length, gw, pixels));
            }
        }
    }

    /** Lays out channels and then gradients, {@code from … to − 1} of both together. */
    private void fill(
            double[] x, double[] g, int first, int images, int group, int from, int to, int length, Pixels pixels) {
        int inputPlane = s.height() * s.width();
        int outputPlane = s.outHeight() * s.outWidth();
        for (int image = 0; image < images; image++) {
            for (int i = from; i < to; i++) {
                if (i < channels) {
                    int at = ((first + image) * s.channels() + group * channels + i) * inputPlane;
                    layout.fill(pixels, i, image, x, at);
                } else {
                    int output = i - channels;
                    int at = ((first + image) * s.outputs() + group * outputs + output) * outputPlane;
                    int to0 = output * length + image * layout.plane();
                    pixels.putGradients(
                            g, at, s.outWidth(), to0, layout.columns().size(), s.outHeight(), s.outWidth());
                }
            }
        }
    }

    private void products(
            int from, int to, int triples, int group, int places, int length, double[] gw, Pixels pixels) {
        int rows = pixels.rows();
        double[] sums = new double[rows * pixels.taps()];
        int count = (places + pixels.lanes() - 1) / pixels.lanes() * pixels.lanes();
        for (int i = from; i < to; i++) {
            int output = i / triples * rows;
            int tap = i % triples * pixels.taps();
            pixels.products(count, output * length, length, taps, tap, sums);
            int tapsHere = Math.min(pixels.taps(), taps.length - tap);
            for (int row = 0; row < Math.min(rows, outputs - output); row++) {
                int at = (group * outputs + output + row) * taps.length + tap;
                for (int t = 0; t < tapsHere; t++) {
                    gw[at + t] += sums[row * pixels.taps() + t];
                }
            }
        }
    }
}
