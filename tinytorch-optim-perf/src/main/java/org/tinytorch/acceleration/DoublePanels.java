package org.tinytorch.acceleration;

/** Panels in double precision. */
final class DoublePanels implements Panels {
    /**
     * Where the panels begin. The numbers of an array begin 16 bytes into it, and a large array begins at a multiple of a cache line: six numbers on, a vector
     * does not straddle two lines.
     */
    private static final int ALIGNED = 6;

    private double[] left = {};
    private double[] right = {};
    private final double[] tile = new double[Tiles.ROWS * Tiles.COLUMNS];

    @Override
    public int tileRows() {
        return Tiles.ROWS;
    }

    @Override
    public void packLeft(Matrix a, int rows, int steps) {
        left = room(left, (rows + Tiles.ROWS) * steps);
        Packing.bands(a, rows, Tiles.ROWS, steps, left, ALIGNED);
    }

    @Override
    public void packRight(Matrix b, int steps, int columns) {
        right = room(right, (columns + Tiles.COLUMNS) * steps);
        Packing.bands(b.transposed(), columns, Tiles.COLUMNS, steps, right, ALIGNED);
    }

    private static double[] room(double[] buffer, int size) {
        return buffer.length < size + ALIGNED ? new double[size + ALIGNED] : buffer;
    }

    @Override
    public void multiply(int rows, int steps, int columns, Matrix c, boolean add) {
        for (int j = 0; j < columns; j += Tiles.COLUMNS) {
            for (int i = 0; i < rows; i += Tiles.ROWS) {
                int a = ALIGNED + i * steps;
                int b = ALIGNED + j * steps;
                boolean whole = i + Tiles.ROWS <= rows && j + Tiles.COLUMNS <= columns;
                if (whole && !add) {
                    Tiles.packed(steps, left, a, right, b, c.data(), c.at(i, j), c.rowStride());
                } else {
                    Tiles.packed(steps, left, a, right, b, tile, 0, Tiles.COLUMNS);
                    int rowsHere = Math.min(Tiles.ROWS, rows - i);
                    copyTile(rowsHere, Math.min(Tiles.COLUMNS, columns - j), c, c.at(i, j), add);
                }
            }
        }
    }

    /** The part of a tile that lies within C. */
    private void copyTile(int rows, int columns, Matrix c, int cStart, boolean add) {
        for (int row = 0; row < rows; row++) {
            int to = cStart + row * c.rowStride();
            if (add) {
                add(tile, row * Tiles.COLUMNS, columns, c.data(), to);
            } else {
                System.arraycopy(tile, row * Tiles.COLUMNS, c.data(), to, columns);
            }
        }
    }

    private static void add(double[] from, int start, int length, double[] to, int toStart) {
        for (int i = 0; i < length; i++) {
            to[toStart + i] += from[start + i];
        }
    }
}
