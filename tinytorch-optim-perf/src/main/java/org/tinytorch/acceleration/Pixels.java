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

    /** Makes room for the gradients of so many outputs at so many places, all zeros. */
    void clearGradients(int outputs, int places);

    /**
     * Lays out the gradients of one output like the pixels of a channel, with zeros in the places between the rows.
     *
     * @param imageStep from one image to the next where they come from
     * @param layout says how many images there are, and where their places are
     */
    void putGradient(int output, double[] from, int at, int imageStep, PaddedImages layout, int rows, int columns);

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
    void sums(int panel, int[] taps, int first, int second, double[] out, int outFirst, int outSecond, int outStride);

    /** Makes room for the sums of so many tiles of this thread, {@link #taps()} weights of {@link #rows()} outputs each, all zeros. */
    void clearSums(int tiles);

    /**
     * Adds the products of gradients and pixels to the sums of a tile.
     *
     * @param count so many places, a multiple of the lanes
     * @param block of {@link #rows()} outputs
     * @param firstTap of {@link #taps()} that are taken together
     * @param from the first place
     */
    void products(int count, int block, int[] taps, int firstTap, int from, int tile);

    /** One sum of a tile. */
    double sum(int tile, int row, int tap);

    /** What all of this takes in memory, in bytes. */
    long bytes();
}
