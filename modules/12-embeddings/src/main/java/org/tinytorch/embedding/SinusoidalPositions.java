// Yours: task 12.5. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-text/src/main/java/org/tinytorch/embedding/SinusoidalPositions.java.
package org.tinytorch.embedding;

import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Waves of different lengths for the positions (Vaswani et al., 2017): the columns {@code 2i} and {@code 2i + 1} of position t are {@code sin} and {@code cos} of
 * {@code t / 10000^(2i / C)}. The first pair turns fast, like the hand that counts seconds, the last one slowly, like that of the hours. Nothing is learnt or saved.
 */
public final class SinusoidalPositions extends Positions {
    private static final double BASE = 10_000;

    private final Tensor table;

    /**
     * The waves at some positions.
     *
     * @param width of each vector, even
     * @throws IllegalArgumentException if the length is below 1, or the width is odd or below 2
     */
    public SinusoidalPositions(int length, int width) {
        if (length < 1 || width < 2 || width % 2 != 0) {
            throw new IllegalArgumentException(
                    "positions: " + length + " positions with waves of " + width
                            + " numbers are not possible; use at least 1 position and an even width, a sine and a cosine for each wave");
        }
        this.table = waves(length, width);
    }

    /** For a width of 4, position 1 is {@code sin 1, cos 1, sin 0.01, cos 0.01}. */
    private static Tensor waves(int length, int width) {
        double[] angles = Angles.of(length, width, BASE).data();
        double[] table = new double[Math.multiplyExact(length, width)];
        // region Task 12.5: a sine and a cosine for each hand
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 12.5
        throw new UnsupportedOperationException(
                "Task 12.5: a sine and a cosine for each hand is not written yet: ./tito hint 12.5");
        // endregion
    }

    @Override
    Tensor table() {
        return table;
    }
}
