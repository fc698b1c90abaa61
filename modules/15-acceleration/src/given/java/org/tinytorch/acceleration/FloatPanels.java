// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/FloatPanels.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import jdk.incubator.vector.FloatVector;

/**
 * Panels in single precision: the operands are narrowed while they are packed, and the sums of a block are widened when they go into C. The next block's sums
 * are added in double precision.
 */
final class FloatPanels implements Panels {
    private static final int LANES = FloatVector.SPECIES_PREFERRED.length();
    private static final boolean WIDE = Tiles.WIDE;
    private static final int ROWS = WIDE ? FloatTile8.ROWS : FloatTile5.ROWS;
    private static final int COLUMNS = 2 * LANES;

    /** Where the panels begin: {@code DoublePanels.ALIGNED}, in bytes the same. */
    private static final int ALIGNED = 12;

    private float[] left = {};
    private float[] right = {};
    private final float[] tile = new float[ROWS * COLUMNS];

    @Override
    public int tileRows() {
        return ROWS;
    }

    @Override
    public void packLeft(Matrix a, int rows, int steps) {
        left = room(left, (rows + ROWS) * steps);
        FloatPacking.bands(a, rows, ROWS, steps, left, ALIGNED);
    }

    @Override
    public void packRight(Matrix b, int steps, int columns) {
        right = room(right, (columns + COLUMNS) * steps);
        FloatPacking.bands(b.transposed(), columns, COLUMNS, steps, right, ALIGNED);
    }

    private static float[] room(float[] buffer, int size) {
        return buffer.length < size + ALIGNED ? new float[size + ALIGNED] : buffer;
    }

    @Override
    public void multiply(int rows, int steps, int columns, Matrix c, boolean add) {
        for (int j = 0; j < columns; j += COLUMNS) {
            for (int i = 0; i < rows; i += ROWS) {
                multiplyTile(steps, ALIGNED + i * steps, ALIGNED + j * steps);
                int columnsHere = Math.min(COLUMNS, columns - j);
                for (int row = 0; row < Math.min(ROWS, rows - i); row++) {
                    widen(tile, row * COLUMNS, columnsHere, c.data(), c.at(i + row, j), add);
                }
            }
        }
    }

    private void multiplyTile(int steps, int a, int b) {
        if (WIDE) {
            FloatTile8.packed(steps, left, a, right, b, tile, 0, COLUMNS);
        } else {
            FloatTile5.packed(steps, left, a, right, b, tile, 0, COLUMNS);
        }
    }

    private static void widen(float[] from, int start, int length, double[] to, int toStart, boolean add) {
        if (add) {
            for (int i = 0; i < length; i++) {
                to[toStart + i] += from[start + i];
            }
        } else {
            for (int i = 0; i < length; i++) {
                to[toStart + i] = from[start + i];
            }
        }
    }
}
