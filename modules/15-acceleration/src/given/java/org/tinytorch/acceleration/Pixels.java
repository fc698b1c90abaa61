// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/Pixels.java. Read it, don't edit it.
package org.tinytorch.acceleration;

/** What one thread needs for a convolution, in one precision: images with the zeros around them, packed weights, gradients, and the innermost loops over them. */
interface Pixels {
    /** Outputs that are computed together. */
    int rows();

    /** Weights whose gradients are computed together. */
    int taps();

    /** Results in a vector. */
    int lanes();

    /** Makes room for images, all zeros. */
    void clear(int size);

    /**
     * Copies a grid of numbers into the images.
     *
     * @param rowStep from one row of the grid to the next where it comes from
     * @param columnStep from one number to the next
     * @param toRow from one row to the next where it goes to
     */
    void put(double[] from, int at, int rowStep, int columnStep, int to, int toRow, int rows, int columns);

    /** Makes room for the gradients of so many outputs, so many vectors of each, all zeros. */
    void clearGradients(int outputs, int vectors);

    /**
     * Lays out gradients of one output.
     *
     * @param vector the first vector of this output that is filled
     * @param count of vectors
     */
    void putGradient(int output, int vector, double[] from, int at, int count);

    /** Makes room for packed weights. */
    void clearWeights(int size);

    /**
     * Packs a panel: the starting values of {@link #rows()} outputs, then their weights tap by tap.
     *
     * @param present how many of the outputs there are; the others get zeros
     * @param sources where the weight of each tap lies, seen from its output's first
     * @param outputStep from one output's first weight to the next one's
     */
    void pack(
            double[] weights, int at, int[] sources, int outputStep, int present, double[] start, int startAt, int to);

    /** Computes two vectors of results of {@link #rows()} outputs; see {@code ConvolutionTile8.sums}. */
    void sums(
            int panel,
            int[] taps,
            int first,
            int second,
            double least,
            double[] out,
            int outFirst,
            int outSecond,
            int outStride);

    /** Makes room for the sums of so many tiles of this thread, {@link #taps()} weights of {@link #rows()} outputs each, all zeros. */
    void clearSums(int tiles);

    /**
     * Adds the products of gradients and pixels to the sums of a tile.
     *
     * @param block of {@link #rows()} outputs
     * @param starts where the pixels of each vector of gradients lie, seen from a tap's first
     * @param from the first vector
     * @param to after the last
     * @param firstTap of {@link #taps()} that are taken together
     */
    void products(int block, int[] starts, int from, int to, int[] taps, int firstTap, int tile);

    /** One sum of a tile. */
    double sum(int tile, int row, int tap);

    /** What all of this takes in memory, in bytes. */
    long bytes();
}
