// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/IntegerPanels.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.Optional;

/**
 * The weights of a convolution as vectors read them: as single-precision numbers, those of some outputs side by side, tap after tap. A fused multiply-add of floats computes with small whole numbers without any
 * rounding as long as sums stay below 2²⁴, and does in one step what takes two with integers.
 */
final class IntegerPanels {
    /** Floats hold all whole numbers up to here. */
    private static final long EXACT = 1 << 24;

    private final IntegerConvolution of;
    private final boolean exact;
    private Optional<float[]> laidOut = Optional.empty();
    private int width;

    IntegerPanels(IntegerConvolution of) {
        this.of = of;
        long most = mostOfAllSums();
        if (most > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("integer convolution: a sum could reach " + most
                    + ", more than an int holds; use fewer inputs, or divide the layer");
        }
        this.exact = most < EXACT;
    }

    /** The largest magnitude of {@code x − z}. */
    private int largestInput() {
        Quantization input = of.input();
        return Math.max(input.greatest() - input.zeroPoint(), input.zeroPoint() - input.least());
    }

    /** Whether no sum of any output, in whatever order it is added up, can leave the whole numbers that a float holds. */
    boolean sumsAreExact() {
        return exact;
    }

    /** The largest magnitude that a sum can have, in whatever order it is added up. */
    private long mostOfAllSums() {
        long mostOfAll = 0;
        int taps = of.weight().shape().size() / of.outputs();
        byte[] values = of.weight().values();
        for (int o = 0; o < of.outputs(); o++) {
            long most = 0;
            for (int tap = 0; tap < taps; tap++) {
                most += Math.abs(values[o * taps + tap]);
            }
            mostOfAll = Math.max(mostOfAll, most * largestInput());
        }
        return mostOfAll;
    }

    /** How many taps can be added up whatever the weights are. */
    int exactTaps() {
        return (int) ((EXACT - 1) / ((long) largestInput() * -Byte.MIN_VALUE));
    }

    /** The weights of {@code outputs} outputs after those of the outputs before: for each kernel row, kernel column and channel one of each. Missing outputs are 0. */
    synchronized float[] of(int outputs) {
        if (laidOut.isEmpty() || width != outputs) {
            laidOut = Optional.of(layOut(outputs));
            width = outputs;
        }
        return laidOut.get();
    }

    private float[] layOut(int outputs) {
        int blocks = (of.outputs() + outputs - 1) / outputs;
        int taps = of.weight().shape().size() / of.outputs();
        float[] panels = new float[blocks * taps * outputs];
        for (int o = 0; o < of.outputs(); o++) {
            int at = o / outputs * taps * outputs + o % outputs;
            for (int a = 0; a < of.rows().size(); a++) {
                for (int b = 0; b < of.columns().size(); b++) {
                    for (int c = 0; c < of.channels(); c++) {
                        panels[at] = of.tap(o, c, a, b);
                        at += outputs;
                    }
                }
            }
        }
        return panels;
    }
}
