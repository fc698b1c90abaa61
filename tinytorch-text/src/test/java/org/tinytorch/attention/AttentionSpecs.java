package org.tinytorch.attention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.Naive;
import org.tinytorch.testing.OperationSpec;
import org.tinytorch.testing.Values;

/** Attention in all its forms: causal or not, with shared keys, with masks and dropout, in one tensor or three. */
public final class AttentionSpecs {
    private static final double SCALE = 0.6;

    private AttentionSpecs() {}

    /** One combination. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Case(DotProductAttention op, Tensor... inputs) {}

    /** All of module 13. */
    public static List<OperationSpec> all() {
        return List.of(forward(), gradient(), attend());
    }

    private static Tensor q(int... dims) {
        return Values.spread(1, -2, 2, dims);
    }

    private static Tensor k(int... dims) {
        return Values.spread(2, -2, 2, dims);
    }

    private static Tensor v(int... dims) {
        return Values.spread(3, -1, 1, dims);
    }

    private static List<Case> cases() {
        DotProductAttention plain = new DotProductAttention(false, SCALE);
        DotProductAttention causal = new DotProductAttention(true, SCALE);
        Tensor padding = Masks.padding(5, 3, 0); // the second sequence may look at nothing
        return List.of(
                new Case(plain, q(2, 3, 2, 4), k(2, 5, 2, 4), v(2, 5, 2, 3)),
                new Case(causal, q(1, 5, 4, 2), k(1, 5, 2, 2), v(1, 5, 2, 3)),
                new Case(causal, q(1, 2, 1, 4), k(1, 5, 1, 4), v(1, 5, 1, 4)),
                new Case(plain, q(2, 3, 2, 2), k(2, 5, 1, 2), v(2, 5, 1, 2), padding),
                new Case(causal, q(2, 5, 2, 2), k(2, 5, 2, 2), v(2, 5, 2, 2), padding),
                new Case(causal.dropout(0.4, 9), q(1, 4, 2, 4), k(1, 4, 2, 4), v(1, 4, 2, 4)),
                new Case(causal.packed(2), q(2, 4, 6, 2)),
                new Case(plain.packed(4), q(1, 3, 6, 2), Masks.causal(3, 3)),
                new Case(causal, q(1, 70, 1, 3), k(1, 70, 1, 3), v(1, 70, 1, 2)),
                new Case(causal.packed(2), q(1, 70, 4, 8)));
    }

    /** A part of a packed tensor, as if it had come apart. */
    private static Tensor part(Tensor all, int from, int to) {
        int[] dims = all.shape().dims().clone();
        dims[2] = to - from;
        return Naive.fill(dims, at -> all.get(Naive.with(at, 2, at[2] + from)));
    }

    /** Queries, keys, values and, if there is one, the mask. */
    private static Tensor[] apart(DotProductAttention op, Tensor... in) {
        if (op.packedHeads().isEmpty()) {
            return in;
        }
        int heads = op.packedHeads().getAsInt();
        int groups = (in[0].dim(2) - heads) / 2;
        Tensor[] apart = new Tensor[in.length + 2];
        apart[0] = part(in[0], 0, heads);
        apart[1] = part(in[0], heads, heads + groups);
        apart[2] = part(in[0], heads + groups, heads + 2 * groups);
        System.arraycopy(in, 1, apart, 3, in.length - 1);
        return apart;
    }

    /** The formula, one number at a time. */
    private static Tensor attended(DotProductAttention op, Tensor... inputs) {
        Tensor[] in = apart(op, inputs);
        Tensor q = in[0];
        Tensor k = in[1];
        Tensor v = in[2];
        int keys = k.dim(1);
        int together = q.dim(2) / k.dim(2);
        return Naive.fill(new int[] {q.dim(0), q.dim(1), q.dim(2), v.dim(3)}, at -> {
            double sum = 0;
            double weighted = 0;
            for (int j = 0; j < keys; j++) {
                boolean future = op.causal() && j > keys - q.dim(1) + at[1];
                boolean masked = in.length > 3 && Naive.stretched(in[3], at[0], at[2], at[1], j) == 0;
                if (!future && !masked) {
                    double score = 0;
                    for (int d = 0; d < q.dim(3); d++) {
                        score += q.get(at[0], at[1], at[2], d) * k.get(at[0], j, at[2] / together, d);
                    }
                    double e = Math.exp(op.scale() * score);
                    int weight = ((at[0] * q.dim(2) + at[2]) * q.dim(1) + at[1]) * keys + j;
                    sum += e;
                    weighted += e * op.kept(weight) * v.get(at[0], j, at[2] / together, at[3]);
                }
            }
            return sum == 0 ? 0 : weighted / sum;
        });
    }

    private static OperationSpec forward() {
        OperationSpec.Builder spec = OperationSpec.of("dot-product attention", DotProductAttention.class)
                .tolerance(1e-12);
        cases().forEach(one -> spec.sample(one.op(), in -> attended(one.op(), in), one.inputs()));
        DotProductAttention plain = new DotProductAttention(false, SCALE);
        return spec.rejects(
                        IllegalArgumentException.class,
                        "a query must be as wide as a key",
                        plain,
                        Tensors.zeros(1, 2, 1, 4),
                        Tensors.zeros(1, 2, 1, 3),
                        Tensors.zeros(1, 2, 1, 3))
                .rejects(
                        IllegalArgumentException.class,
                        "there must be one value for each key",
                        plain,
                        Tensors.zeros(1, 2, 1, 4),
                        Tensors.zeros(1, 2, 1, 4),
                        Tensors.zeros(1, 3, 1, 4))
                .rejects(
                        IllegalArgumentException.class,
                        "the heads of the queries must be a multiple of those of the keys",
                        plain,
                        Tensors.zeros(1, 2, 3, 4),
                        Tensors.zeros(1, 2, 2, 4),
                        Tensors.zeros(1, 2, 2, 4))
                .rejects(
                        IllegalArgumentException.class,
                        "attention: 3 queries with 2 keys cannot be causal",
                        new DotProductAttention(true, SCALE),
                        Tensors.zeros(1, 3, 1, 4),
                        Tensors.zeros(1, 2, 1, 4),
                        Tensors.zeros(1, 2, 1, 4))
                .rejects(
                        IllegalArgumentException.class,
                        "attention: the mask holds -1.0 at position 1; use 1 where a query may look at a key",
                        plain,
                        Tensors.zeros(1, 2, 1, 4),
                        Tensors.zeros(1, 2, 1, 4),
                        Tensors.zeros(1, 2, 1, 4),
                        Tensors.of(0, -1))
                .rejects(
                        IllegalArgumentException.class,
                        "attention: a mask of shape (3,) does not broadcast to the weights, (1, 1, 2, 2)",
                        plain,
                        Tensors.zeros(1, 2, 1, 4),
                        Tensors.zeros(1, 2, 1, 4),
                        Tensors.zeros(1, 2, 1, 4),
                        Tensors.ones(3))
                .rejects(
                        IllegalArgumentException.class,
                        "does not hold 2 heads of queries and as many of keys as of values",
                        plain.packed(2),
                        Tensors.zeros(1, 2, 5, 4))
                .rejects(
                        IllegalArgumentException.class,
                        "attention: a dropout of 1.0 is not possible; use 0 to below 1",
                        () -> plain.dropout(1, 0))
                .build();
    }

    private static OperationSpec gradient() {
        OperationSpec.Builder spec = OperationSpec.of(
                        "dot-product attention gradient", DotProductAttention.Gradient.class)
                .tolerance(1e-12);
        cases().forEach(one -> {
            Tensor g = Values.spread(
                    4, -1, 1, attended(one.op(), one.inputs()).shape().dims());
            Tensor[] inputs = Arrays.copyOf(one.inputs(), one.inputs().length + 1);
            inputs[one.inputs().length] = g;
            spec.sample(new DotProductAttention.Gradient(one.op()), in -> gradients(one.op(), in), inputs);
        });
        return spec.rejects(
                        IllegalArgumentException.class,
                        "attention: a gradient of shape (1, 2, 1, 3) does not fit the result, (1, 2, 1, 4)",
                        new DotProductAttention.Gradient(new DotProductAttention(false, SCALE)),
                        Tensors.zeros(1, 2, 1, 4),
                        Tensors.zeros(1, 2, 1, 4),
                        Tensors.zeros(1, 2, 1, 4),
                        Tensors.zeros(1, 2, 1, 3))
                .build();
    }

    /** The gradients by way of the tape, through exponentials, sums and products that module 07 knows. */
    private static Tensor gradients(DotProductAttention op, Tensor... in) {
        int tensors = op.tensors();
        List<Tensor> leaves = new ArrayList<>();
        for (int i = 0; i < tensors; i++) {
            leaves.add(in[i].copy().requiresGrad(true));
        }
        Tensor all = leaves.get(0);
        int heads = op.packedHeads().orElse(all.dim(2));
        int groups = op.packedHeads().isPresent() ? (all.dim(2) - heads) / 2 : in[1].dim(2);
        Tensor q = op.packedHeads().isPresent() ? all.slice(2, 0, heads) : all;
        Tensor k = op.packedHeads().isPresent() ? all.slice(2, heads, heads + groups) : leaves.get(1);
        Tensor v = op.packedHeads().isPresent() ? all.slice(2, heads + groups, heads + 2 * groups) : leaves.get(2);
        Tensor scores = headsFirst(q, 1)
                .matmul(headsFirst(k, heads / groups).transpose())
                .mul(op.scale());
        Tensor allowed = op.causal() ? Masks.causal(q.dim(1), k.dim(1)) : Tensors.ones(1);
        if (in.length > tensors + 1) {
            allowed = allowed.mul(in[tensors]);
        }
        Tensor e = scores.exp().mul(allowed.expand(scores.shape()));
        Tensor sum = e.sum(true, -1);
        Tensor none = Naive.fill(sum.shape().dims(), at -> sum.get(at) == 0 ? 1 : 0);
        Tensor kept = Tensors.zeros(scores.shape());
        for (int i = 0; i < kept.size(); i++) {
            kept.mutableData()[i] = op.kept(i);
        }
        Tensor mixed = e.div(sum.add(none)).mul(kept).matmul(headsFirst(v, heads / groups));
        mixed.permute(0, 2, 1, 3).backward(in[in.length - 1]);
        return Tensors.concat(
                0,
                leaves.stream().map(leaf -> leaf.grad().orElseThrow().flatten()).toArray(Tensor[]::new));
    }

    /** {@code (B, T, G, D)} to {@code (B, G · times, T, D)}, each head so many times in a row. */
    private static Tensor headsFirst(Tensor x, int times) {
        Tensor first = x.permute(0, 2, 1, 3);
        return first.unsqueeze(2)
                .expand(x.dim(0), x.dim(2), times, x.dim(1), x.dim(3))
                .reshape(x.dim(0), x.dim(2) * times, x.dim(1), x.dim(3));
    }

    private static OperationSpec attend() {
        OperationSpec.Builder spec =
                OperationSpec.of("attention", Attention.Attend.class).tolerance(1e-12);
        cases().subList(0, 8).forEach(one -> {
            int tensors = one.op().tensors();
            Optional<Tensor> mask =
                    one.inputs().length > tensors ? Optional.of(one.inputs()[tensors]) : Optional.empty();
            spec.computation(
                    one.op().toString(),
                    in -> new Attention.Attend(one.op(), mask).apply(in),
                    in -> {
                        Tensor[] all = Arrays.copyOf(in, tensors + (mask.isPresent() ? 1 : 0));
                        mask.ifPresent(given -> all[tensors] = given);
                        return attended(one.op(), all);
                    },
                    Arrays.copyOf(one.inputs(), tensors));
        });
        return spec.build();
    }
}
