package org.tinytorch.interop;

import java.util.List;
import org.tinytorch.attention.Attention;
import org.tinytorch.attention.MultiHeadAttention;
import org.tinytorch.embedding.RotaryEmbedding;
import org.tinytorch.embedding.RotatePairs;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/**
 * Self-attention in ONNX's operators. Heads are kept apart as {@code (B, G, H/G, T, D)}: G of keys and values, each of which serves H/G of queries. How long a sequence is, T, the graph finds out when it
 * runs.
 */
final class OnnxAttention {
    private OnnxAttention() {}

    static OnnxValue export(MultiHeadAttention layer, OnnxValue x, OnnxPlace at) {
        checkSequence("attention", x.shape());
        int heads = layer.heads();
        int groups = layer.keyValueHeads();
        int width = layer.headWidth();
        OnnxValue packed = at.child(layer, "queryKeyValue", x);
        List<OnnxValue> parts = at.split(packed, 2, (heads + groups) * width, groups * width);
        OnnxValue turned = layer.rotary()
                .map(rotary -> rotate(rotary, parts.get(0), heads + groups, at))
                .orElse(parts.get(0));
        List<OnnxValue> compared = at.split(turned, 2, heads * width, groups * width);
        OnnxValue queries = at.transpose(byGroup(compared.get(0), groups, heads / groups, at), 0, 2, 3, 1, 4);
        OnnxValue keys = at.transpose(byGroup(compared.get(1), groups, 1, at), 0, 2, 3, 4, 1);
        OnnxValue values = at.transpose(byGroup(parts.get(1), groups, 1, at), 0, 2, 3, 1, 4);
        OnnxValue mixed = at.product(weights(layer, queries, keys, x, at), values);
        OnnxValue byPlace = at.transpose(mixed, 0, 3, 1, 2, 4);
        OnnxValue merged = at.reshape(byPlace, x.shape().with(-1, heads * width), 0, 0, (long) heads * width);
        return at.child(layer, "output", merged);
    }

    /** {@code (B, T, n · D)} as {@code (B, T, G, n/G, D)}. */
    private static OnnxValue byGroup(OnnxValue x, int groups, int shared, OnnxPlace at) {
        int width = x.shape().dim(2) / groups / shared;
        Shape shape = Shape.of(x.shape().dim(0), x.shape().dim(1), groups, shared, width);
        return at.reshape(x, shape, 0, 0, groups, shared, width);
    }

    /** {@code softmax(q · kᵀ / √D)}, where what comes later counts as −∞. */
    private static OnnxValue weights(
            MultiHeadAttention layer, OnnxValue queries, OnnxValue keys, OnnxValue x, OnnxPlace at) {
        OnnxValue scale = at.scalar(Attention.scale(layer.headWidth()));
        OnnxValue scores = at.both("Mul", at.product(queries, keys), scale);
        if (layer.isCausal()) {
            scores = at.node("Where", later(x, at), at.scalar(Double.NEGATIVE_INFINITY), scores)
                    .gives(scores.shape());
        }
        return at.node("Softmax", scores).integer("axis", -1).gives(scores.shape());
    }

    /** Whether the place of the column comes after that of the row, {@code (T, T)}. */
    private static OnnxValue later(OnnxValue x, OnnxPlace at) {
        int length = x.shape().dim(1);
        return at.once("later " + length, () -> {
            OnnxValue places = places(x, at);
            OnnxValue columns = at.node("Unsqueeze", places, at.integers(0)).gives(Shape.of(1, length));
            OnnxValue rows = at.node("Unsqueeze", places, at.integers(1)).gives(Shape.of(length, 1));
            return at.both("Greater", columns, rows);
        });
    }

    /** The numbers 0 … T − 1 for a sequence x, {@code (B, T, C)}. */
    static OnnxValue places(OnnxValue x, OnnxPlace at) {
        int length = x.shape().dim(1);
        return at.once("places " + length, () -> {
            OnnxValue sizes = at.node("Shape", x).gives(Shape.of(x.shape().rank()));
            OnnxValue count = at.node("Gather", sizes, at.integer(1)).gives(Shape.SCALAR);
            return at.node("Range", at.integer(0), count, at.integer(1)).gives(Shape.of(length));
        });
    }

    /** Turns the pairs of each of some heads, {@code (B, T, n · D)}: (a, b) becomes {@code (a·cos − b·sin, a·sin + b·cos)}. */
    private static OnnxValue rotate(RotaryEmbedding rotary, OnnxValue x, int heads, OnnxPlace at) {
        checkLength("rotary embedding", rotary.length(), x.shape());
        int pairs = rotary.cosines().dim(1);
        int[] vector = rotary.layout() == RotatePairs.Layout.ADJACENT ? new int[] {pairs, 2} : new int[] {2, pairs};
        int axis = rotary.layout() == RotatePairs.Layout.ADJACENT ? 4 : 3;
        Shape shape = Shape.of(x.shape().dim(0), x.shape().dim(1), heads, vector[0], vector[1]);
        List<OnnxValue> pair = at.split(at.reshape(x, shape, 0, 0, heads, vector[0], vector[1]), axis, 1, 1);
        OnnxValue a = pair.get(0);
        OnnxValue b = pair.get(1);
        Shape angles = Shape.of(rotary.length(), 1, vector[0], vector[1]).with(axis - 1, 1); // of all heads
        OnnxValue cos = ofPlaces("cosines", rotary.cosines().reshape(angles), x, at);
        OnnxValue sin = ofPlaces("sines", rotary.sines().reshape(angles), x, at);
        OnnxValue first = at.both("Sub", at.both("Mul", a, cos), at.both("Mul", b, sin));
        OnnxValue second = at.both("Add", at.both("Mul", a, sin), at.both("Mul", b, cos));
        OnnxValue turned =
                at.node("Concat", first, second).integer("axis", axis).gives(shape);
        return at.reshape(turned, x.shape(), 0, 0, x.shape().dim(2));
    }

    /** The rows of a table for the places of x, which all blocks share if they share the table. */
    private static OnnxValue ofPlaces(String name, Tensor table, OnnxValue x, OnnxPlace at) {
        OnnxValue written = at.table(name, table);
        int length = x.shape().dim(1);
        return at.once(written.name() + " of " + length, () -> at.node("Gather", written, places(x, at))
                .gives(table.shape().with(0, length)));
    }

    static void checkSequence(String who, Shape x) {
        if (x.rank() != 3) {
            throw new IllegalArgumentException(who + ": input " + x + " is not (batch, places, width)");
        }
    }

    static void checkLength(String who, int most, Shape x) {
        if (x.dim(1) > most) {
            throw new IllegalArgumentException(
                    who + ": input " + x + " has " + x.dim(1) + " places, but there are positions for " + most);
        }
    }
}
