// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/TapProducts.java. Read it, don't edit it.
package org.tinytorch.acceleration;

/**
 * Sums of products of gradients and pixels for each output and each tap, where both are laid out to be read as vectors.
 *
 * @param outputs of one group
 * @param taps where the pixels of each tap lie
 * @param starts where the pixels of each vector of gradients lie, seen from a tap's first
 */
@SuppressWarnings("ArrayRecordComponent") // lists that are never compared
record TapProducts(int outputs, int[] taps, int[] starts) {
    /** So many vectors, at most, are multiplied with one tap's pixels after the other: the gradients of a block of outputs stay in the first-level cache. */
    private static final int AT_ONCE = 48;

    /** Blocks of outputs that are taken together. */
    int blocks(Pixels pixels) {
        return (outputs + pixels.rows() - 1) / pixels.rows();
    }

    /**
     * Adds to the sums of one block of outputs.
     *
     * @param from the first vector of gradients
     * @param to after the last
     * @param at where the sum of the block's first output and the first tap is
     * @param step from one output's sums to the next one's
     */
    void add(int block, int from, int to, double[] sums, int at, int step, Pixels pixels) {
        int tiles = (taps.length + pixels.taps() - 1) / pixels.taps();
        pixels.clearSums(tiles);
        int times = (to - from + AT_ONCE - 1) / AT_ONCE;
        for (int time = 0; time < times; time++) {
            Portion vectors = Portion.of(to - from, time, times);
            int first = from + vectors.from();
            int last = from + vectors.to();
            for (int tile = 0; tile < tiles; tile++) {
                pixels.products(block, starts, first, last, taps, tile * pixels.taps(), tile);
            }
        }
        int present = Math.min(pixels.rows(), outputs - block * pixels.rows());
        for (int tile = 0; tile < tiles; tile++) {
            int tap = tile * pixels.taps();
            for (int row = 0; row < present; row++) {
                for (int t = 0; t < Math.min(pixels.taps(), taps.length - tap); t++) {
                    sums[at + row * step + tap + t] += pixels.sum(tile, row, t);
                }
            }
        }
    }
}
