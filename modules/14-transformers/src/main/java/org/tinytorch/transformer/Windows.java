// Yours: task 14.7. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-text/src/main/java/org/tinytorch/transformer/Windows.java.
package org.tinytorch.transformer;

import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Batch;

/** Cuts windows out of a text: some tokens in a row, and the tokens that follow each of them. */
final class Windows {
    private final int[] tokens;
    private final int length;

    /** @throws IllegalArgumentException if the text is too short for one window, or the length or the batch size is below 1 */
    Windows(int[] tokens, int length, int batchSize) {
        if (length < 1 || batchSize < 1) {
            throw new IllegalArgumentException("windows: " + batchSize + " windows of " + length
                    + " tokens in a batch are not possible; use at least 1 of each");
        }
        this.tokens = tokens.clone();
        this.length = length;
    }

    /** How many tokens there are. */
    int tokens() {
        return tokens.length;
    }

    int length() {
        return length;
    }

    /**
     * The windows that begin at some places, as input {@code (B, T)} and target {@code (B, T)}. Of the tokens 5, 6, 7, 8 the window of 3 at place 0 has the input 5, 6, 7 and the target
     * 6, 7, 8.
     *
     * @param size T, of each
     */
    Batch at(int size, int... places) {
        double[] input = new double[places.length * size];
        double[] target = new double[places.length * size];
        // region Task 14.7: windows of a text
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 14.7
        throw new UnsupportedOperationException("Task 14.7: windows of a text is not written yet: ./tito hint 14.7");
        // endregion
    }
}
