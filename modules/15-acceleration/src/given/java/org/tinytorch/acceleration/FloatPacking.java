// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/FloatPacking.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.Arrays;

/** What {@link Packing} does, narrowing each number to single precision on the way. */
final class FloatPacking {
    private FloatPacking() {}

    /** As {@link Packing#bands}. */
    static void bands(Matrix from, int rows, int band, int steps, float[] to, int start) {
        int piece = Packing.piece(from, steps);
        for (int p = 0; p < steps; p += piece) {
            int now = Math.min(piece, steps - p);
            Matrix part = from.from(0, p);
            to[start + p * band] = (float) Packing.fetch(part, rows, now);
            for (int i = 0; i < rows; i += band) {
                band(part.from(i, 0), rows - i, band, now, to, start + i * steps + p * band);
            }
        }
    }

    private static void band(Matrix from, int rows, int band, int steps, float[] to, int start) {
        int row = 0;
        int present = Math.min(rows, band);
        if (present < band) {
            Arrays.fill(to, start, start + band * steps, 0);
        }
        for (; row + 8 <= present; row += 8) {
            eightRows(from, row, to, start + row, band, steps);
        }
        for (; row + 4 <= present; row += 4) {
            fourRows(from, row, to, start + row, band, steps);
        }
        for (; row < present; row++) {
            oneRow(from, row, to, start + row, band, steps);
        }
    }

    private static void eightRows(Matrix from, int row, float[] to, int start, int band, int steps) {
        double[] data = from.data();
        int stride = from.columnStride();
        int next = from.rowStride();
        int first = from.at(row, 0);
        for (int p = 0; p < steps; p++) {
            int at = start + p * band;
            int source = first + p * stride;
            to[at] = (float) data[source];
            to[at + 1] = (float) data[source + next];
            to[at + 2] = (float) data[source + 2 * next];
            to[at + 3] = (float) data[source + 3 * next];
            to[at + 4] = (float) data[source + 4 * next];
            to[at + 5] = (float) data[source + 5 * next];
            to[at + 6] = (float) data[source + 6 * next];
            to[at + 7] = (float) data[source + 7 * next];
        }
    }

    private static void fourRows(Matrix from, int row, float[] to, int start, int band, int steps) {
        double[] data = from.data();
        int stride = from.columnStride();
        int next = from.rowStride();
        int first = from.at(row, 0);
        for (int p = 0; p < steps; p++) {
            int at = start + p * band;
            int source = first + p * stride;
            to[at] = (float) data[source];
            to[at + 1] = (float) data[source + next];
            to[at + 2] = (float) data[source + 2 * next];
            to[at + 3] = (float) data[source + 3 * next];
        }
    }

    private static void oneRow(Matrix from, int row, float[] to, int start, int band, int steps) {
        double[] data = from.data();
        int stride = from.columnStride();
        int source = from.at(row, 0);
        for (int p = 0; p < steps; p++) {
            to[start + p * band] = (float) data[source + p * stride];
        }
    }
}
