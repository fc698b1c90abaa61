// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/SlidingSums.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.List;

/**
 * Weighted sums of what windows see, image by image, without laying out all windows (im2col): a padded copy of one image stays in the second-level cache while the
 * innermost loop finds each tap's pixels in it by an offset. The forward pass and the gradient of the input are both of this kind.
 */
final class SlidingSums {
    private final PaddedImages layout;
    private final List<Sweep> sweeps;
    private final int groups;
    /** Per group. */
    private final int channels;
    /** Per group. */
    private final int outputs;

    private final int outputStep;
    private final int groupStep;
    private final int sourcePlane;
    private final int resultPlane;

    /**
     * The same for all images.
     *
     * @param layout of one image with the channels of one group
     * @param sweeps whose results together fill an image
     * @param channels of the source, per group
     * @param outputs per group
     * @param outputStep from one output's first weight to the next one's
     * @param groupStep from one group's first weight to the next one's
     * @param sourcePlane numbers of one channel of the source
     * @param resultPlane numbers of one channel of the result
     */
    SlidingSums(
            PaddedImages layout,
            List<Sweep> sweeps,
            int groups,
            int channels,
            int outputs,
            int outputStep,
            int groupStep,
            int sourcePlane,
            int resultPlane) {
        this.layout = layout;
        this.sweeps = sweeps;
        this.groups = groups;
        this.channels = channels;
        this.outputs = outputs;
        this.outputStep = outputStep;
        this.groupStep = groupStep;
        this.sourcePlane = sourcePlane;
        this.resultPlane = resultPlane;
    }

    /** Where things come from and go to; results below the least are raised to it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Data(double[] source, double[] weights, double[] bias, double[] result, double least) {}

    /** Multiply-adds for one image. */
    long work() {
        return sweeps.stream()
                .mapToLong(sweep -> (long) sweep.taps().length * sweep.rows() * sweep.columns() * outputs * groups)
                .sum();
    }

    /** Images are shared out among the threads; if there are too few, the outputs are. */
    void run(int images, Data data, Workers workers, ThreadLocal<Pixels> pixels) {
        int parts = SplitGemm.parts(images * work(), Integer.MAX_VALUE, workers.threads());
        if (images >= parts) {
            workers.share(images, parts, (from, to) -> images(from, to, data, pixels.get(), Workers.NONE));
        } else {
            images(0, images, data, pixels.get(), workers);
        }
    }

    private void images(int from, int to, Data data, Pixels pixels, Workers workers) {
        int blocks = blocks(pixels);
        int[] panels = pack(data, pixels);
        pixels.clear(room(2 * pixels.lanes()));
        for (int image = from; image < to; image++) {
            for (int group = 0; group < groups; group++) {
                int source = (image * groups + group) * channels * sourcePlane;
                for (int channel = 0; channel < channels; channel++) {
                    layout.fill(pixels, channel, 0, data.source, source + channel * sourcePlane);
                }
                int firstPanel = group * blocks;
                int result = (image * groups + group) * outputs * resultPlane;
                workers.share(blocks, blocks, (first, last) -> {
                    for (int block = first; block < last; block++) {
                        block(block, panels, firstPanel, data, result, pixels);
                    }
                });
            }
        }
    }

    /** The images themselves, and the zeros after the last one, as far as they are read. */
    private int room(int together) {
        int room = channels * layout.channel();
        for (Sweep sweep : sweeps) {
            for (int tap : sweep.taps()) {
                room = Math.max(room, tap + sweep.places() + together);
            }
        }
        return room;
    }

    private int blocks(Pixels pixels) {
        return (outputs + pixels.rows() - 1) / pixels.rows();
    }

    /** Packs all weights; returns where the panels of each sweep begin. */
    private int[] pack(Data data, Pixels pixels) {
        int rows = pixels.rows();
        int blocks = blocks(pixels);
        int[] starts = new int[sweeps.size()];
        int size = 0;
        for (int s = 0; s < starts.length; s++) {
            starts[s] = size;
            size += groups * blocks * panelSize(s, rows);
        }
        pixels.clearWeights(size);
        for (int s = 0; s < starts.length; s++) {
            for (int panel = 0; panel < groups * blocks; panel++) {
                int group = panel / blocks;
                int first = panel % blocks * rows;
                pixels.pack(
                        data.weights,
                        group * groupStep + first * outputStep,
                        sweeps.get(s).sources(),
                        outputStep,
                        Math.min(rows, outputs - first),
                        data.bias,
                        group * outputs + first,
                        starts[s] + panel * panelSize(s, rows));
            }
        }
        return starts;
    }

    private int panelSize(int sweep, int rows) {
        return rows * (1 + sweeps.get(sweep).taps().length);
    }

    /** All results of some outputs that lie together in a panel. */
    private void block(int block, int[] panels, int firstPanel, Data data, int result, Pixels pixels) {
        int first = block * pixels.rows();
        int present = Math.min(pixels.rows(), outputs - first);
        for (int s = 0; s < panels.length; s++) {
            Sweep sweep = sweeps.get(s);
            int panel = panels[s] + (firstPanel + block) * panelSize(s, pixels.rows());
            int at = result + first * resultPlane + sweep.outAt();
            if (present == pixels.rows() && wholeVectors(sweep, pixels.lanes())) {
                inPlace(sweep, panel, data, at, pixels);
            } else {
                byWayOfABuffer(sweep, panel, data, at, present, pixels);
            }
        }
    }

    private static boolean wholeVectors(Sweep sweep, int lanes) {
        return sweep.outColumn() == 1
                && sweep.columns() % lanes == 0
                && sweep.rows() * sweep.columns() % (2 * lanes) == 0;
    }

    /** Rows of whole vectors go where they belong at once. */
    private void inPlace(Sweep sweep, int panel, Data data, int at, Pixels pixels) {
        int lanes = pixels.lanes();
        int perRow = sweep.columns() / lanes;
        int vectors = sweep.rows() * perRow;
        for (int v = 0; v < vectors; v += 2) {
            int row = v / perRow;
            int column = v % perRow * lanes;
            int nextRow = (v + 1) / perRow;
            int nextColumn = (v + 1) % perRow * lanes;
            pixels.sums(
                    panel,
                    sweep.taps(),
                    row * sweep.pitch() + column,
                    nextRow * sweep.pitch() + nextColumn,
                    data.least,
                    data.result,
                    at + row * sweep.outRow() + column,
                    at + nextRow * sweep.outRow() + nextColumn,
                    resultPlane);
        }
    }

    /** All places are computed in one go, those between the rows too, and what belongs to the result is copied. */
    private void byWayOfABuffer(Sweep sweep, int panel, Data data, int at, int present, Pixels pixels) {
        int two = 2 * pixels.lanes();
        int length = (sweep.places() + two - 1) / two * two;
        double[] buffer = new double[pixels.rows() * length];
        for (int place = 0; place < length; place += two) {
            int next = place + pixels.lanes();
            pixels.sums(panel, sweep.taps(), place, next, data.least, buffer, place, next, length);
        }
        for (int output = 0; output < present; output++) {
            for (int row = 0; row < sweep.rows(); row++) {
                int from = output * length + row * sweep.pitch();
                int to = at + output * resultPlane + row * sweep.outRow();
                for (int column = 0; column < sweep.columns(); column++) {
                    data.result[to + column * sweep.outColumn()] = buffer[from + column];
                }
            }
        }
    }
}
