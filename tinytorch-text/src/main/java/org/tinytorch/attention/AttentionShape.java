package org.tinytorch.attention;

import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/**
 * The sizes of queries {@code (B, H, Tq, D)}, keys {@code (B, G, Tk, D)} and values {@code (B, G, Tk, E)}, and where each vector lies in its flat array. H is a multiple of G: so many
 * heads in a row share keys and values.
 *
 * @param batch B
 * @param heads H
 * @param groups G
 * @param queries Tq
 * @param keys Tk
 * @param width D, of a query and of a key
 * @param valueWidth E
 */
public record AttentionShape(int batch, int heads, int groups, int queries, int keys, int width, int valueWidth) {
    private static final int AXES = 4;

    /**
     * The sizes of some inputs.
     *
     * @param causal whether queries are the last of the places that there are keys for
     * @param inputs queries, keys, values and, if there is one, a mask
     * @throws IllegalArgumentException if they do not fit together
     */
    public static AttentionShape of(boolean causal, Tensor... inputs) {
        Shape q = inputs[0].shape();
        Shape k = inputs[1].shape();
        Shape v = inputs[2].shape();
        if (q.rank() != AXES || k.rank() != AXES || v.rank() != AXES) {
            throw wrong(q, k, v, "each needs four axes, (batch, heads, places, width)");
        }
        if (q.dim(0) != k.dim(0) || q.dim(0) != v.dim(0)) {
            throw wrong(q, k, v, "the batches differ");
        }
        if (q.dim(3) != k.dim(3)) {
            throw wrong(q, k, v, "a query must be as wide as a key");
        }
        if (k.dim(1) != v.dim(1) || k.dim(2) != v.dim(2)) {
            throw wrong(q, k, v, "there must be one value for each key");
        }
        if (k.dim(1) == 0 || q.dim(1) % k.dim(1) != 0) {
            throw wrong(q, k, v, "the heads of the queries must be a multiple of those of the keys");
        }
        if (causal && q.dim(2) > k.dim(2)) {
            throw wrong(q, k, v, "a causal mask needs a key for each query");
        }
        AttentionShape shape =
                new AttentionShape(q.dim(0), q.dim(1), k.dim(1), q.dim(2), k.dim(2), q.dim(3), v.dim(3));
        if (inputs.length > 3) {
            Masks.check(inputs[3], shape.weights());
        }
        return shape;
    }

    private static IllegalArgumentException wrong(Shape q, Shape k, Shape v, String rule) {
        return new IllegalArgumentException(
                "attention: queries " + q + ", keys " + k + " and values " + v + " do not fit: " + rule);
    }

    /** Of the weights, {@code (B, H, Tq, Tk)}. */
    public Shape weights() {
        return Shape.of(batch, heads, queries, keys);
    }

    /** Of the result, {@code (B, H, Tq, E)}. */
    public Shape result() {
        return Shape.of(batch, heads, queries, valueWidth);
    }

    /** Where the first query of a head lies. */
    public int queryStart(int b, int h) {
        return (b * heads + h) * queries * width;
    }

    /** Where the first key lies that a head looks at. */
    public int keyStart(int b, int h) {
        return (b * groups + h / (heads / groups)) * keys * width;
    }

    /** Where the first value lies that a head looks at. */
    public int valueStart(int b, int h) {
        return (b * groups + h / (heads / groups)) * keys * valueWidth;
    }

    /** Where the first row of a head's result lies. */
    public int resultStart(int b, int h) {
        return (b * heads + h) * queries * valueWidth;
    }

    /** How many keys a query sees if it must not see what comes after it; the last query sees all. */
    public int visible(boolean causal, int query) {
        return causal ? keys - queries + query + 1 : keys;
    }
}
