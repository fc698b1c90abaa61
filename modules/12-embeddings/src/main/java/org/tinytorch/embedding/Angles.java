// Yours: task 12.4. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-text/src/main/java/org/tinytorch/embedding/Angles.java.
package org.tinytorch.embedding;

import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Where the hands of a clock stand that has {@code C / 2} of them: hand i turns by {@code base^(−2i / C)} radians from one position to the next. The first is the fastest, with 1; each
 * turns more slowly than the one before.
 */
final class Angles {
    private Angles() {}

    /**
     * The angle of each hand at each position t, {@code t · base^(−2i / C)}. With a width of 4 and the base 10,000 there are two hands: at position 3 they stand at 3 and 0.03.
     *
     * @param width C, even
     * @return {@code (length, C / 2)}, radians
     */
    static Tensor of(int length, int width, double base) {
        int hands = width / 2;
        double[] angles = new double[Math.multiplyExact(length, hands)];
        // region Task 12.4: hands that turn at different speeds
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 12.4
        throw new UnsupportedOperationException(
                "Task 12.4: hands that turn at different speeds is not written yet: ./tito hint 12.4");
        // endregion
    }
}
