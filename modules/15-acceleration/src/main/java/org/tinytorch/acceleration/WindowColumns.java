// Yours: tasks 15.7, 15.8. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/WindowColumns.java.
package org.tinytorch.acceleration;

import org.tinytorch.spatial.Window;

/**
 * What the windows of a convolution see, laid out as a matrix: a row for each tap (channel, kernel row, kernel column), a column for each place of the kernel. PyTorch's {@code Unfold}
 * and {@code Fold}, often called im2col and col2im.
 *
 * @param rows how the kernel moves down
 * @param columns how it moves to the right
 * @param channels of the image that the kernel sees
 * @param height of the image
 * @param width of the image
 */
record WindowColumns(Window rows, Window columns, int channels, int height, int width) {
    /** Rows of the matrix. */
    int taps() {
        return channels * rows.size() * columns.size();
    }

    /** Columns of the matrix for a row of places. */
    int outWidth() {
        return columns.outputs(width);
    }

    /**
     * Lays out the matrix for some rows of places.
     *
     * @param x holds the image, from {@code imageAt} on
     * @param from the first row of places
     * @param to after the last
     * @param matrix is overwritten, row by row from its beginning
     */
    void unfold(double[] x, int imageAt, int from, int to, double[] matrix) {
        int places = (to - from) * outWidth();
        for (int tap = 0; tap < taps(); tap++) {
            unfoldTap(x, imageAt + plane(tap), row(tap), column(tap), from, to, matrix, tap * places);
        }
    }

    /**
     * The way back: every pixel collects, from all numbers of the matrix that {@link #unfold} would fill with it, their sum.
     *
     * @param gx the image; what is collected is added to it
     */
    void fold(double[] matrix, int from, int to, double[] gx, int imageAt) {
        int places = (to - from) * outWidth();
        for (int tap = 0; tap < taps(); tap++) {
            foldTap(matrix, tap * places, row(tap), column(tap), from, to, gx, imageAt + plane(tap));
        }
    }

    private int plane(int tap) {
        return tap / (rows.size() * columns.size()) * height * width;
    }

    private int row(int tap) {
        return tap / columns.size() % rows.size() * rows.dilation();
    }

    private int column(int tap) {
        return tap % columns.size() * columns.dilation();
    }

    /** Whether there is a pixel, and not the padding. */
    private boolean inside(int row, int column) {
        return row >= 0 && row < height && column >= 0 && column < width;
    }

    /**
     * One row of the matrix: what one tap meets at each place, row of places by row of places; 0 in the padding. At place (i, j) it meets the pixel
     * {@code (rows.start(i) + down, columns.start(j) + right)}.
     *
     * <p>Of the image {@code [[1, 2, 3], [4, 5, 6], [7, 8, 9]]}, the tap (0, 1) of a 2 x 2 kernel meets {@code 2 3 5 6}.
     *
     * @param plane where the channel begins in x
     * @param down how far the tap lies below the kernel's first row
     * @param right how far to the right of its first column
     * @param at where the row of the matrix begins
     */
    void unfoldTap(double[] x, int plane, int down, int right, int from, int to, double[] matrix, int at) {
        int across = outWidth();
        // region Task 15.7: windows become columns
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 15.7
        throw new UnsupportedOperationException(
                "Task 15.7: windows become columns is not written yet: ./tito hint 15.7");
        // endregion
    }

    /** The way back of {@link #unfoldTap}: adds each number of a row of the matrix to the pixel that the tap met at its place. What stands for padding goes nowhere. */
    void foldTap(double[] matrix, int at, int down, int right, int from, int to, double[] gx, int plane) {
        int across = outWidth();
        // region Task 15.8: columns become windows again
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 15.8
        throw new UnsupportedOperationException(
                "Task 15.8: columns become windows again is not written yet: ./tito hint 15.8");
        // endregion
    }
}
