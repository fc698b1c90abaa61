// Yours: tasks 13.5, 13.6. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-text/src/main/java/org/tinytorch/attention/Masks.java.
package org.tinytorch.attention;

import java.util.Arrays;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Says who may look at what: 1 where a query may look at a key, 0 where it may not, in any shape that broadcasts to {@code (B, H, Tq, Tk)}. Two masks hold together when they are
 * multiplied.
 */
public final class Masks {
    private Masks() {}

    /**
     * Nobody looks ahead: {@code (Tq, Tk)}, with 1 up to the diagonal that ends in the lower right corner. Three queries that are the last of three places see 1, 2 and 3 keys.
     *
     * @param queries no more than there are keys
     */
    public static Tensor causal(int queries, int keys) {
        if (queries < 0 || queries > keys) {
            throw new IllegalArgumentException("causal mask: " + queries + " queries with " + keys
                    + " keys are not possible; there must be a key for each query");
        }
        double[] mask = new double[Math.multiplyExact(queries, keys)];
        for (int i = 0; i < queries; i++) {
            for (int j = 0; j < visible(i, queries, keys); j++) {
                mask[i * keys + j] = 1;
            }
        }
        return Tensors.of(mask, queries, keys);
    }

    /** How many keys a query sees if it must not look ahead: the last query stands at the last key, and sees all of them; each query before it sees one less. */
    static int visible(int query, int queries, int keys) {
        // region Task 13.5: nobody looks ahead
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 13.5
        throw new UnsupportedOperationException("Task 13.5: nobody looks ahead is not written yet: ./tito hint 13.5");
        // endregion
    }

    /**
     * Nobody looks at what only fills up a shorter sequence: {@code (B, 1, 1, Tk)}. With the lengths 2 and 3 of at most 3, the rows are 1 1 0 and 1 1 1.
     *
     * @param keys Tk, the length to which all sequences are filled up
     * @param lengths of the sequences, each from 0 to Tk
     */
    public static Tensor padding(int keys, int... lengths) {
        for (int b = 0; b < lengths.length; b++) {
            if (lengths[b] < 0 || lengths[b] > keys) {
                throw new IllegalArgumentException("padding mask: sequence " + b + " has the length " + lengths[b]
                        + ", which is not in 0 … " + keys);
            }
        }
        double[] mask = new double[Math.multiplyExact(lengths.length, keys)];
        // region Task 13.6: nobody looks at padding
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 13.6
        throw new UnsupportedOperationException(
                "Task 13.6: nobody looks at padding is not written yet: ./tito hint 13.6");
        // endregion
    }

    /** @throws IllegalArgumentException if a mask does not broadcast to the shape of the weights, or holds anything but 0 and 1 */
    static void check(Tensor mask, Shape weights) {
        if (mask.rank() > weights.rank() || !stretches(mask.shape(), weights)) {
            throw new IllegalArgumentException(
                    "attention: a mask of shape " + mask.shape() + " does not broadcast to the weights, " + weights);
        }
        double[] values = mask.data();
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0 && values[i] != 1) {
                throw new IllegalArgumentException("attention: the mask holds " + values[i] + " at position " + i
                        + "; use 1 where a query may look at a key, and 0 where it may not");
            }
        }
    }

    private static boolean stretches(Shape from, Shape to) {
        boolean possible = true;
        for (int fromEnd = 1; possible && fromEnd <= from.rank(); fromEnd++) {
            possible = from.dim(-fromEnd) == 1 || from.dim(-fromEnd) == to.dim(-fromEnd);
        }
        return possible;
    }
}
