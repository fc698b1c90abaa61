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

    /** Makes room for gradients, all zeros. */
    void clearGradients(int size);

    /** The same as {@link #put} for gradients, whose numbers are neighbours. */
    void putGradients(double[] from, int at, int rowStep, int to, int toRow, int rows, int columns);

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

    /** Sums up the gradients of {@link #taps()} weights of {@link #rows()} outputs; the result is output by output. */
    void products(int count, int gradients, int stride, int[] taps, int firstTap, double[] sums);
}
