// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/PaddedAxis.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import org.tinytorch.spatial.Window;

/**
 * How the rows, or the columns, of an image are laid out with the zeros around them, so that a window finds its pixels without asking where the image ends.
 *
 * <p>With a stride of s, every s-th pixel is put together: s phases, in each of which the pixels that successive outputs see through the same tap are neighbours.
 * With a stride of 1, the zeros before one row also serve as the zeros after the row above; otherwise another phase follows, which begins with a pixel.
 *
 * @param before zeros before the first pixel
 * @param length pixels
 * @param phases the stride
 * @param size positions of one phase, from the start of one row to the start of the next
 */
record PaddedAxis(int before, int length, int phases, int size) {
    /** For outputs of a window. */
    static PaddedAxis of(Window window, int length, int outputs) {
        int reach = (outputs - 1) * window.stride() + window.span();
        return of(window.before(), length, window.stride(), reach, outputs);
    }

    /**
     * For whatever is read.
     *
     * @param reach how many positions are read, zeros included
     * @param outputs how many positions of a phase are read through one tap
     */
    static PaddedAxis of(int before, int length, int phases, int reach, int outputs) {
        int shared = phases == 1 ? before : 0;
        int positions = Math.max(before + length, reach - shared);
        return new PaddedAxis(before, length, phases, Math.max(outputs, (positions + phases - 1) / phases));
    }

    /** The phase in which a position lies, zeros counted. */
    int phase(int position) {
        return position % phases;
    }

    /** Where in its phase a position lies. */
    int place(int position) {
        return position / phases;
    }

    /** The first pixel that lies in a phase. */
    int firstPixel(int phase) {
        return Math.floorMod(phase - before, phases);
    }

    /** How many pixels lie in a phase. */
    int pixels(int phase) {
        int first = firstPixel(phase);
        return first >= length ? 0 : (length - first + phases - 1) / phases;
    }
}
