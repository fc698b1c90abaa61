package org.tinytorch.attention;

import java.util.OptionalInt;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/**
 * The sizes of queries {@code (B, Tq, H, D)}, keys {@code (B, Tk, G, D)} and values {@code (B, Tk, G, E)}, and where each vector lies in its flat array. H is a multiple of G: so many heads in a
 * row share keys and values. Packed, all three are in one tensor {@code (B, T, H + 2G, D)}: at each place first the queries, then the keys, then the values.
 *
 * @param batch B
 * @param heads H
 * @param groups G
 * @param queries Tq
 * @param keys Tk
 * @param width D, of a query and of a key
 * @param valueWidth E
 * @param packed whether all are in one tensor
 */
public record AttentionShape(
        int batch, int heads, int groups, int queries, int keys, int width, int valueWidth, boolean packed) {
    private static final int AXES = 4;

    /**
     * The sizes of some inputs.
     *
     * @param inputs those of {@link DotProductAttention}
     * @throws IllegalArgumentException if they do not fit together
     */
    public static AttentionShape of(DotProductAttention attention, Tensor... inputs) {
        OptionalInt heads = attention.packedHeads();
        AttentionShape shape = heads.isPresent()
                ? packed(heads.getAsInt(), inputs[0].shape())
                : apart(inputs[0].shape(), inputs[1].shape(), inputs[2].shape());
        if (attention.causal() && shape.queries > shape.keys) {
            throw new IllegalArgumentException("attention: " + shape.queries + " queries with " + shape.keys
                    + " keys cannot be causal; there must be a key for each query");
        }
        if (inputs.length > attention.tensors()) {
            Masks.check(inputs[attention.tensors()], shape.weights());
        }
        return shape;
    }

    private static AttentionShape packed(int heads, Shape all) {
        if (all.rank() != AXES || all.dim(2) <= heads || (all.dim(2) - heads) % 2 != 0) {
            throw new IllegalArgumentException(
                    "attention: " + all + " does not hold " + heads
                            + " heads of queries and as many of keys as of values; it needs (batch, places, heads + 2 * groups, width)");
        }
        int groups = (all.dim(2) - heads) / 2;
        if (heads % groups != 0) {
            throw new IllegalArgumentException("attention: " + heads + " heads of queries cannot share " + groups
                    + " heads of keys and values; they must be a multiple");
        }
        return new AttentionShape(all.dim(0), heads, groups, all.dim(1), all.dim(1), all.dim(3), all.dim(3), true);
    }

    private static AttentionShape apart(Shape q, Shape k, Shape v) {
        if (q.rank() != AXES || k.rank() != AXES || v.rank() != AXES) {
            throw wrong(q, k, v, "each needs four axes, (batch, places, heads, width)");
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
        if (k.dim(2) == 0 || q.dim(2) % k.dim(2) != 0) {
            throw wrong(q, k, v, "the heads of the queries must be a multiple of those of the keys");
        }
        return new AttentionShape(q.dim(0), q.dim(2), k.dim(2), q.dim(1), k.dim(1), q.dim(3), v.dim(3), false);
    }

    private static IllegalArgumentException wrong(Shape q, Shape k, Shape v, String rule) {
        return new IllegalArgumentException(
                "attention: queries " + q + ", keys " + k + " and values " + v + " do not fit: " + rule);
    }

    /** Of the weights, {@code (B, H, Tq, Tk)}. */
    public Shape weights() {
        return Shape.of(batch, heads, queries, keys);
    }

    /** Of the result, {@code (B, Tq, H, E)}. */
    public Shape result() {
        return Shape.of(batch, queries, heads, valueWidth);
    }

    /** From the query of one place to that of the next, in the same head. */
    public int queryStride() {
        return packed ? (heads + 2 * groups) * width : heads * width;
    }

    /** From one key to the next. */
    public int keyStride() {
        return packed ? queryStride() : groups * width;
    }

    /** From one value to the next. */
    public int valueStride() {
        return packed ? queryStride() : groups * valueWidth;
    }

    /** From one row of the result to the next. */
    public int resultStride() {
        return heads * valueWidth;
    }

    /** Where the query of a place lies. */
    public int queryAt(int b, int h, int place) {
        return (b * queries + place) * queryStride() + h * width;
    }

    /** Where the key of a place lies that a head looks at. */
    public int keyAt(int b, int h, int place) {
        return (b * keys + place) * keyStride() + ((packed ? heads : 0) + group(h)) * width;
    }

    /** Where the value of a place lies that a head looks at. */
    public int valueAt(int b, int h, int place) {
        return (b * keys + place) * valueStride() + ((packed ? heads + groups : 0) + group(h)) * valueWidth;
    }

    /** Where the result of a place lies. */
    public int resultAt(int b, int h, int place) {
        return (b * queries + place) * resultStride() + h * valueWidth;
    }

    private int group(int h) {
        return h / (heads / groups);
    }

    /** How many keys a query sees if it must not see what comes after it; the last query sees all. */
    public int visible(boolean causal, int query) {
        return causal ? Masks.visible(query, queries, keys) : keys;
    }

    /** How many numbers all gradients have together. */
    public int gradientSize() {
        return packed ? batch * queries * queryStride() : keyGradients() + batch * keys * (keyStride() + valueStride());
    }

    /** Where those of the keys begin, among all gradients; packed, they lie as the keys do. */
    public int keyGradients() {
        return packed ? 0 : batch * queries * queryStride();
    }

    /** Where those of the values begin. */
    public int valueGradients() {
        return packed ? 0 : keyGradients() + batch * keys * keyStride();
    }
}
