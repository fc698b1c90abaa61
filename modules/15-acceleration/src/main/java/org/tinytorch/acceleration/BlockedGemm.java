// Yours: tasks 15.4, 15.1, 15.2, 15.3. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/BlockedGemm.java.
package org.tinytorch.acceleration;

import java.util.Arrays;

/**
 * The matrix product in plain Java, in three steps: lay out whatever is not stored row by row (packing), take the inner dimension in blocks whose rows of b
 * stay in cache, and add four of its steps to a row of c at once, so that the row is loaded and stored a quarter as often. The compiler turns the innermost
 * loop into vector instructions by itself.
 */
class BlockedGemm implements Gemm {
    /** Rows of b per block. With 128 columns, a block is 64 KiB: it stays in a cache of a few hundred KiB while every row of c passes by. */
    private static final int BLOCK = 64;

    /** Steps of the inner dimension that are added together. */
    private static final int STEPS = 4;

    @Override
    public void multiply(int m, int k, int n, Matrix a, Matrix b, Matrix c, boolean add) {
        if (!add) {
            clear(m, n, c);
        }
        Matrix left = rowByRow(a, m, k);
        Matrix right = rowByRow(b, k, n);
        // region Task 15.4: blocks that stay in the cache
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 15.4
        throw new UnsupportedOperationException(
                "Task 15.4: blocks that stay in the cache is not written yet: ./tito hint 15.4");
        // endregion
    }

    private static void clear(int m, int n, Matrix c) {
        for (int i = 0; i < m; i++) {
            Arrays.fill(c.data(), c.at(i, 0), c.at(i, 0) + n, 0);
        }
    }

    /**
     * Adds some steps of the inner dimension to one row of c: the numbers {@code from … to − 1} of row i of the left side, each times its row of the right side. Four at a time as far as they go, then
     * one at a time.
     */
    void addSteps(Matrix left, int i, Matrix right, int from, int to, Matrix c, int n) {
        double[] a = left.data();
        int aRow = left.at(i, 0);
        int cRow = c.at(i, 0);
        int p = from;
        for (; p + STEPS <= to; p += STEPS) {
            addFourSteps(a, aRow + p, right, p, c.data(), cRow, n);
        }
        for (; p < to; p++) {
            addStep(a[aRow + p], right, p, c.data(), cRow, n);
        }
    }

    /**
     * One step of the inner dimension: adds to a row of c a row of the right side, times one number of the left.
     *
     * <p>For the factor 2, the row {@code [3, 4]} and {@code [10, 20]} in c it leaves {@code [16, 28]} in c.
     *
     * @param factor the number of the left side
     * @param right stored row by row: its numbers {@code (p, 0), (p, 1), …} lie side by side
     * @param p which row of the right side
     * @param cRow where the row of c begins
     * @param n how many numbers a row has
     */
    static void addStep(double factor, Matrix right, int p, double[] c, int cRow, int n) {
        double[] b = right.data();
        int bRow = right.at(p, 0);
        // region Task 15.1: a row at a time
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 15.1
        throw new UnsupportedOperationException("Task 15.1: a row at a time is not written yet: ./tito hint 15.1");
        // endregion
    }

    /**
     * Four steps at once: a number of c is loaded, gets the sum of four products added, and is stored, where four calls of {@link #addStep} would load and store it four times. The products are added up
     * among themselves first and then to c.
     *
     * @param aStart where the first of four neighbouring factors lies
     * @param p the row of the right side that belongs to it; those of the others follow
     */
    static void addFourSteps(double[] a, int aStart, Matrix right, int p, double[] c, int cRow, int n) {
        double[] b = right.data();
        int b0 = right.at(p, 0);
        int b1 = right.at(p + 1, 0);
        int b2 = right.at(p + 2, 0);
        int b3 = right.at(p + 3, 0);
        // region Task 15.2: four steps at once
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 15.2
        throw new UnsupportedOperationException("Task 15.2: four steps at once is not written yet: ./tito hint 15.2");
        // endregion
    }

    /**
     * The matrix as it stands in its array, or if the numbers of a row do not lie side by side a copy in which they do.
     *
     * <p>A matrix of 2 rows and 3 columns whose array holds {@code 1 4 2 5 3 6}, column by column, becomes {@code 1 2 3 4 5 6}.
     */
    static Matrix rowByRow(Matrix matrix, int rows, int columns) {
        if (matrix.columnStride() == 1) {
            return matrix;
        }
        double[] packed = new double[rows * columns];
        // region Task 15.3: pack what lies the wrong way
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 15.3
        throw new UnsupportedOperationException(
                "Task 15.3: pack what lies the wrong way is not written yet: ./tito hint 15.3");
        // endregion
    }
}
