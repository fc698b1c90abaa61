// Yours: task 16.4. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/caching/IncrementalAttention.java.
package org.tinytorch.caching;

import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * The attention of the newest token, which may look at all that is kept: {@code softmax(scale · q·K) · V} for one query. With T keys it takes {@code 2·T·D} multiply-adds a head, where the whole
 * attention matrix would take {@code T²·D}.
 *
 * <p>Inputs: queries {@code (B, 1, H, D)}, keys {@code (B, capacity, G, D)}, values {@code (B, capacity, G, E)}; H is a multiple of G. Result {@code (B, 1, H, E)}.
 *
 * @param scale of the scores, finite
 * @param kept how many keys there are; the slots behind them are not looked at
 */
public record IncrementalAttention(double scale, int kept) implements Operation {
    @Override
    public Tensor forward(Tensor... inputs) {
        checkShapes(inputs);
        Shape q = inputs[0].shape();
        int heads = q.dim(2);
        int valueWidth = inputs[2].dim(3);
        double[] out = new double[q.dim(0) * heads * valueWidth];
        for (int b = 0; b < q.dim(0); b++) {
            for (int h = 0; h < heads; h++) {
                lookAround(b, h, inputs[0], inputs[1], inputs[2], out);
            }
        }
        return Tensors.of(out, q.dim(0), 1, heads, valueWidth);
    }

    /**
     * One head's query looks at each key that is kept, and averages the values with the weights it finds. With the scale ½, the query {@code [2, 0, 2, 0]} and the keys {@code [0, 1, 0, 1]} and
     * {@code [1, 0, 1, 0]} the scores are 0 and 2, the weights 0.119 and 0.881.
     *
     * @param out zeros {@code (B, 1, H, E)}, to which this head's result is added
     */
    private void lookAround(int b, int h, Tensor queries, Tensor keys, Tensor values, double[] out) {
        double[] q = queries.data();
        double[] k = keys.data();
        double[] v = values.data();
        int group = h / (queries.dim(2) / keys.dim(2)); // so many heads in a row share keys and values
        int width = keys.dim(3);
        int valueWidth = values.dim(3);
        int queryAt = at(queries, b, 0, h);
        int resultAt = (b * queries.dim(2) + h) * valueWidth;
        // region Task 16.4: one query looks around
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 16.4
        throw new UnsupportedOperationException(
                "Task 16.4: one query looks around is not written yet: ./tito hint 16.4");
        // endregion
    }

    /** Where the vector of one place and one head begins in the array of a tensor {@code (B, places, heads, width)}. */
    private static int at(Tensor tensor, int b, int place, int head) {
        return ((b * tensor.dim(1) + place) * tensor.dim(2) + head) * tensor.dim(3);
    }

    /**
     * Compares shapes.
     *
     * @throws IllegalArgumentException if they do not fit
     */
    void checkShapes(Tensor... inputs) {
        Shape q = inputs[0].shape();
        Shape k = inputs[1].shape();
        Shape v = inputs[2].shape();
        boolean ranks = q.rank() == 4 && k.rank() == 4 && v.rank() == 4;
        if (!ranks
                || q.dim(1) != 1
                || q.dim(0) != k.dim(0)
                || q.dim(3) != k.dim(3)
                || k.dim(2) == 0
                || q.dim(2) % k.dim(2) != 0
                || !k.with(3, v.dim(3)).equals(v)) {
            throw new IllegalArgumentException(
                    "incremental attention: queries " + q + ", keys " + k + " and values "
                            + v
                            + " do not fit; they need (batch, 1, heads, width), (batch, capacity, groups, width) and (batch, capacity, groups, value width), with the heads a multiple of the groups");
        }
        if (kept < 1 || kept > k.dim(1)) {
            throw new IllegalArgumentException("incremental attention: there cannot be " + kept
                    + " keys to look at with room for " + k.dim(1) + "; the newest token sees at least itself");
        }
    }

    @Override
    public boolean differentiable() {
        return false;
    }
}
