package org.tinytorch.acceleration;

import java.util.Arrays;

/**
 * The matrix product in panels that fit the caches, with a kernel that keeps a tile of C in vector registers (Goto and van de Geijn, 2008).
 *
 * <p>The right side is packed in blocks of {@code DEPTH × WIDTH} that stay in the third-level cache, the left side in blocks of {@code HEIGHT × DEPTH} that
 * stay in the second; the kernel streams through one panel of each. Every number of C is summed up in the same order whatever the size of the tile it falls
 * in, so that splitting the work does not change a bit.
 */
final class VectorGemm implements Gemm {
    private static final int DEPTH = 256;
    private static final int HEIGHT = 96;
    private static final int WIDTH = 4096 / VectorKernel.COLUMNS * VectorKernel.COLUMNS;

    /** The packing buffers of each thread; they grow to what the largest product needed. */
    private static final ThreadLocal<Buffers> BUFFERS = ThreadLocal.withInitial(Buffers::new);

    private static final class Buffers {
        private double[] left = {};
        private double[] right = {};
        private final double[] tile = new double[VectorKernel.ROWS * VectorKernel.COLUMNS];

        private void reserve(int leftSize, int rightSize) {
            left = left.length < leftSize ? new double[leftSize] : left;
            right = right.length < rightSize ? new double[rightSize] : right;
        }
    }

    @Override
    public void addProduct(int m, int k, int n, Matrix a, Matrix b, Matrix c) {
        Buffers buffers = BUFFERS.get();
        int depth = Math.min(DEPTH, k);
        buffers.reserve(
                roundUp(Math.min(HEIGHT, m), VectorKernel.ROWS) * depth,
                roundUp(Math.min(WIDTH, n), VectorKernel.COLUMNS) * depth);
        for (int j = 0; j < n; j += WIDTH) {
            int columns = Math.min(WIDTH, n - j);
            for (int p = 0; p < k; p += DEPTH) {
                int steps = Math.min(DEPTH, k - p);
                Packing.columns(b.fromRow(p).fromColumn(j), steps, columns, VectorKernel.COLUMNS, buffers.right, 0);
                for (int i = 0; i < m; i += HEIGHT) {
                    int rows = Math.min(HEIGHT, m - i);
                    Packing.rows(a.fromRow(i).fromColumn(p), rows, steps, VectorKernel.ROWS, buffers.left, 0);
                    addBlock(buffers, rows, steps, columns, c.fromRow(i).fromColumn(j));
                }
            }
        }
    }

    private static int roundUp(int size, int multiple) {
        return (size + multiple - 1) / multiple * multiple;
    }

    /** Tile by tile; a tile that sticks out of C is computed aside. */
    private static void addBlock(Buffers buffers, int rows, int steps, int columns, Matrix c) {
        for (int j = 0; j < columns; j += VectorKernel.COLUMNS) {
            for (int i = 0; i < rows; i += VectorKernel.ROWS) {
                int cStart = c.start() + i * c.rowStride() + j;
                boolean whole = i + VectorKernel.ROWS <= rows && j + VectorKernel.COLUMNS <= columns;
                if (whole) {
                    VectorKernel.addTile(
                            steps, buffers.left, i * steps, buffers.right, j * steps, c.data(), cStart, c.rowStride());
                } else {
                    addPart(buffers, i, j, rows, steps, columns, c.data(), cStart, c.rowStride());
                }
            }
        }
    }

    private static void addPart(
            Buffers buffers, int i, int j, int rows, int steps, int columns, double[] c, int cStart, int cStride) {
        double[] tile = buffers.tile;
        Arrays.fill(tile, 0);
        VectorKernel.addTile(steps, buffers.left, i * steps, buffers.right, j * steps, tile, 0, VectorKernel.COLUMNS);
        int rowsHere = Math.min(VectorKernel.ROWS, rows - i);
        int columnsHere = Math.min(VectorKernel.COLUMNS, columns - j);
        for (int row = 0; row < rowsHere; row++) {
            for (int column = 0; column < columnsHere; column++) {
                c[cStart + row * cStride + column] += tile[row * VectorKernel.COLUMNS + column];
            }
        }
    }
}
