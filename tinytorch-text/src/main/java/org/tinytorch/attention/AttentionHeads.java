package org.tinytorch.attention;

import org.tinytorch.tensor.Tensor;

/** What self-attention and cross-attention ask of their sizes. */
final class AttentionHeads {
    private AttentionHeads() {}

    /** @throws IllegalArgumentException if a width cannot be shared out among the heads, or the heads cannot share keys and values */
    static void check(int width, int heads, int keyValueHeads) {
        checkShares(width, heads);
        checkKeyValueHeads(heads, keyValueHeads);
    }

    /** @throws IllegalArgumentException if one of the sizes is not positive, or the heads cannot share keys and values */
    static void check(int width, int heads, int keyValueHeads, int headWidth) {
        if (width < 1 || heads < 1 || headWidth < 1) {
            throw new IllegalArgumentException("attention: a width of " + width + " and " + heads + " heads of "
                    + headWidth + " numbers are not possible; use at least 1 of each");
        }
        checkKeyValueHeads(heads, keyValueHeads);
    }

    private static void checkShares(int width, int heads) {
        if (heads < 1 || width < 1 || width % heads != 0) {
            throw new IllegalArgumentException("attention: a width of " + width + " cannot be shared out among " + heads
                    + " heads; use a multiple of them");
        }
    }

    private static void checkKeyValueHeads(int heads, int keyValueHeads) {
        if (keyValueHeads < 1 || heads % keyValueHeads != 0) {
            throw new IllegalArgumentException("attention: " + heads + " heads cannot share " + keyValueHeads
                    + " heads of keys and values; use a divisor of " + heads);
        }
    }

    /** Cuts the vector of each place into the vectors of its heads: {@code (B, T, n · D)} becomes {@code (B, T, n, D)}. With D = 2, {@code [1, 2, 3, 4]} becomes {@code [[1, 2], [3, 4]]}. */
    static Tensor split(Tensor x, int headWidth) {
        // region Task 13.8: split into heads
        int heads = x.dim(2) / headWidth;
        return x.reshape(x.dim(0), x.dim(1), heads, headWidth);
        // endregion
    }

    /** @throws IllegalArgumentException if x is not {@code (batch, places, width)} */
    static void checkInput(String what, Tensor x, int width) {
        if (x.rank() != 3 || x.dim(2) != width) {
            throw new IllegalArgumentException("attention: " + what + " " + x.shape() + " is not (batch, places, "
                    + width + "); a single sequence is a batch of one, use unsqueeze(0)");
        }
    }
}
