package org.tinytorch.embedding;

import java.util.List;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.Naive;
import org.tinytorch.testing.OperationSpec;
import org.tinytorch.testing.Values;

/** Looking up and turning pairs, with their gradients. */
public final class EmbeddingSpecs {
    private EmbeddingSpecs() {}

    /** All of module 12. */
    public static List<OperationSpec> all() {
        return List.of(lookup(), lookupGradient(), look(), rotatePairs(), rotate());
    }

    private static Tensor table() {
        return Values.spread(1, -2, 2, 5, 3);
    }

    private static Tensor looked(Tensor table, Tensor ids) {
        int[] dims = java.util.Arrays.copyOf(ids.shape().dims(), ids.rank() + 1);
        dims[ids.rank()] = table.dim(1);
        return Naive.fill(dims, at -> {
            int id = (int) ids.get(java.util.Arrays.copyOf(at, at.length - 1));
            return table.get(id, at[at.length - 1]);
        });
    }

    private static OperationSpec lookup() {
        Lookup op = new Lookup();
        return OperationSpec.of("embedding lookup", Lookup.class)
                .sample(op, in -> looked(in[0], in[1]), table(), Values.indices(2, 5, 4))
                .sample(op, in -> looked(in[0], in[1]), table(), Values.indices(3, 5, 2, 6))
                .sample(op, in -> looked(in[0], in[1]), table(), Tensors.zeros(0))
                .rejects(
                        IndexOutOfBoundsException.class,
                        "embedding: index 5.0 at position 1 is not an integer in 0 … 4",
                        op,
                        table(),
                        Tensors.of(0, 5))
                .rejects(
                        IndexOutOfBoundsException.class,
                        "embedding: index 0.5 at position 0 is not an integer in 0 … 4",
                        op,
                        table(),
                        Tensors.of(0.5))
                .rejects(
                        IllegalArgumentException.class,
                        "embedding: a table of shape (5,) is not a matrix",
                        op,
                        Tensors.zeros(5),
                        Tensors.of(0.0))
                .build();
    }

    private static Tensor scattered(int rows, int padding, Tensor ids, Tensor g) {
        int width = g.dim(-1);
        return Naive.fill(new int[] {rows, width}, at -> {
            double sum = 0;
            for (int i = 0; i < ids.size(); i++) {
                boolean here = ids.data()[i] == at[0] && at[0] != padding;
                sum += here ? g.data()[i * width + at[1]] : 0;
            }
            return sum;
        });
    }

    private static OperationSpec lookupGradient() {
        return OperationSpec.of("embedding gradient", Lookup.Gradient.class)
                .sample(
                        new Lookup.Gradient(5, -1),
                        in -> scattered(5, -1, in[0], in[1]),
                        Tensors.of(new double[] {1, 1, 4, 0, 1, 1}, 2, 3),
                        Values.spread(4, -1, 1, 2, 3, 3))
                .sample(
                        new Lookup.Gradient(5, 1),
                        in -> scattered(5, 1, in[0], in[1]),
                        Tensors.of(1, 1, 4),
                        Values.spread(4, -1, 1, 3, 2))
                .rejects(
                        IllegalArgumentException.class,
                        "embedding: a gradient of shape (2, 3) does not fit ids of shape (3,)",
                        new Lookup.Gradient(5, -1),
                        Tensors.of(0, 1, 2),
                        Tensors.zeros(2, 3))
                .build();
    }

    private static OperationSpec look() {
        return OperationSpec.of("embedding", Embedding.Look.class)
                .differentiates(0)
                .computation(
                        "lookup with repeated ids",
                        in -> new Embedding.Look(-1).apply(in[0], in[1]),
                        in -> looked(in[0], in[1]),
                        table(),
                        Tensors.of(3, 1, 3, 3))
                .build();
    }

    private static Tensor turned(RotatePairs op, Tensor... in) {
        Tensor x = in[0];
        int rank = x.rank();
        int width = x.dim(-1);
        int half = width / 2;
        boolean adjacent = op.layout() == RotatePairs.Layout.ADJACENT;
        return Naive.fill(x.shape().dims(), at -> {
            if (at[rank - 2] >= op.heads()) {
                return x.get(at);
            }
            int i = at[rank - 1];
            int pair = adjacent ? i / 2 : i % half;
            boolean second = adjacent ? i % 2 == 1 : i >= half;
            int partner = adjacent ? i + (second ? -1 : 1) : i + (second ? -half : half);
            double angle = Math.atan2(in[2].get(at[rank - 3], pair), in[1].get(at[rank - 3], pair));
            double turn = (op.back() ? -1 : 1) * (second ? 1 : -1) * Math.sin(angle);
            return x.get(at) * Math.cos(angle) + x.get(Naive.with(at, rank - 1, partner)) * turn;
        });
    }

    private static Tensor angles(boolean sine) {
        return Naive.fill(new int[] {3, 2}, at -> sine ? Math.sin(at[0] + 0.3 * at[1]) : Math.cos(at[0] + 0.3 * at[1]));
    }

    private static OperationSpec rotatePairs() {
        OperationSpec.Builder spec =
                OperationSpec.of("rotate pairs", RotatePairs.class).tolerance(1e-14);
        for (RotatePairs.Layout layout : RotatePairs.Layout.values()) {
            for (boolean back : new boolean[] {false, true}) {
                RotatePairs op = new RotatePairs(layout, 2, back);
                spec.sample(op, in -> turned(op, in), Values.spread(5, -1, 1, 2, 3, 3, 4), angles(false), angles(true));
            }
        }
        RotatePairs op = new RotatePairs(RotatePairs.Layout.ADJACENT, 1, false);
        return spec.rejects(
                        IllegalArgumentException.class,
                        "rotary embedding: input (3, 1, 5) is not (…, T, H, D) with an even D",
                        op,
                        Tensors.zeros(3, 1, 5),
                        angles(false),
                        angles(true))
                .rejects(
                        IllegalArgumentException.class,
                        "rotary embedding: cosines (3, 2) and sines (3, 2) cannot go with input (4, 1, 4), which needs (4, 2)",
                        op,
                        Tensors.zeros(4, 1, 4),
                        angles(false),
                        angles(true))
                .build();
    }

    private static OperationSpec rotate() {
        RotatePairs.Layout layout = RotatePairs.Layout.HALVES;
        return OperationSpec.of("rotary embedding", RotaryEmbedding.Rotate.class)
                .tolerance(1e-14)
                .computation(
                        "rotation",
                        in -> new RotaryEmbedding.Rotate(layout, 2, angles(false), angles(true)).apply(in),
                        in -> turned(new RotatePairs(layout, 2, false), in[0], angles(false), angles(true)),
                        Values.spread(5, -1, 1, 3, 2, 4))
                .build();
    }
}
