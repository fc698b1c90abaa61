// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/PhasedAxis.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.stream.IntStream;
import org.tinytorch.spatial.Window;

/**
 * One axis of a convolution's input, seen from its gradient: pixels that lie a stride apart belong to one phase, and see the outputs through the same taps.
 *
 * @param window of the convolution
 * @param length of the input
 * @param before zeros before the first output's gradient
 * @param layout of the outputs' gradients with the zeros around them
 */
record PhasedAxis(Window window, int length, int before, PaddedAxis layout) {
    static PhasedAxis of(Window window, int length, int outputs) {
        int lowest = 0;
        int highest = outputs;
        int most = 0;
        PhasedAxis bare = new PhasedAxis(window, length, 0, new PaddedAxis(0, outputs, 1, outputs));
        for (int phase = 0; phase < bare.phases(); phase++) {
            int pixels = bare.pixels(phase);
            most = Math.max(most, pixels);
            for (int tap : bare.taps(phase)) {
                int first = bare.position(phase, tap);
                lowest = Math.min(lowest, first);
                highest = Math.max(highest, first + pixels);
            }
        }
        return new PhasedAxis(window, length, -lowest, PaddedAxis.of(-lowest, outputs, 1, highest - lowest, most));
    }

    /** As many as the stride, or fewer if there are not so many pixels. */
    int phases() {
        return Math.min(window.stride(), length);
    }

    /** How many pixels belong to a phase. */
    int pixels(int phase) {
        return phase >= length ? 0 : (length - phase + window.stride() - 1) / window.stride();
    }

    /** The taps through which a phase is seen. */
    int[] taps(int phase) {
        return IntStream.range(0, window.size())
                .filter(tap -> (phase + window.before() - tap * window.dilation()) % window.stride() == 0)
                .toArray();
    }

    /** Which output saw the first pixel of a phase through one of its taps, zeros counted. */
    int position(int phase, int tap) {
        return (phase + window.before() - tap * window.dilation()) / window.stride() + before;
    }
}
