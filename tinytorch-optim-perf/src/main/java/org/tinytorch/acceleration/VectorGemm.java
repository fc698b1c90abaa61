package org.tinytorch.acceleration;

/**
 * The matrix product with the Vector API: small ones as the matrices lie, larger ones in packed blocks. Either way every number of the result is the same sum in
 * the same order.
 */
final class VectorGemm implements Gemm {
    /** Up to this many numbers on the right side, copying them costs more than reading them with gaps: 32 by 32 gains two fifths, 64 by 64 a tenth to a quarter, and 96 by 96 loses for some left sides. */
    private static final int SMALL = 64 * 64;

    private final Gemm packed = new PackedGemm(DoublePanels::new);

    @Override
    public int tileRows() {
        return Tiles.ROWS;
    }

    @Override
    public void multiply(int m, int k, int n, Matrix a, Matrix b, Matrix c, boolean add) {
        if (!add && k * n <= SMALL && fits(m, k, n, b)) {
            asTheyLie(m, k, n, a, b, c);
        } else {
            packed.multiply(m, k, n, a, b, c, add);
        }
    }

    /** At least one whole tile, rows of B that can be loaded as vectors, and sums that packing would not cut either. */
    private static boolean fits(int m, int k, int n, Matrix b) {
        return b.columnStride() == 1 && m >= Tiles.ROWS && n >= Tiles.COLUMNS && k <= PackedGemm.DEPTH;
    }

    /** The last tiles overlap those before them if they would reach beyond the matrix: some sums are then computed twice, to the same numbers. */
    private static void asTheyLie(int m, int k, int n, Matrix a, Matrix b, Matrix c) {
        for (int row = 0; row < m; row += Tiles.ROWS) {
            int i = Math.min(row, m - Tiles.ROWS);
            for (int column = 0; column < n; column += Tiles.COLUMNS) {
                int j = Math.min(column, n - Tiles.COLUMNS);
                Tiles.direct(
                        k,
                        a.data(),
                        a.at(i, 0),
                        a.rowStride(),
                        a.columnStride(),
                        b.data(),
                        b.at(0, j),
                        b.rowStride(),
                        c.data(),
                        c.at(i, j),
                        c.rowStride());
            }
        }
    }
}
