package org.tinytorch.attention;

import java.util.OptionalInt;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Scaled dot-product attention (Vaswani et al., 2017), {@code softmax(scale · Q·Kᵀ) · V}, as {@code torch.nn.functional.scaled_dot_product_attention}: each query is compared with
 * every key, and the result is the average of the values, weighted by how well their keys fit. One row of weights is in memory at a time, never the matrix of all of them.
 *
 * <p>Inputs: queries {@code (B, Tq, H, D)}, keys {@code (B, Tk, G, D)}, values {@code (B, Tk, G, E)}, or all in one tensor; then, possibly, a mask of 0 and 1 that broadcasts to
 * {@code (B, H, Tq, Tk)}. Result {@code (B, Tq, H, E)}. The heads come after the places, as linear layers leave them, so that nothing needs to be moved; PyTorch has them before. H is a multiple of
 * G: with fewer heads of keys than of queries, {@code H/G} heads in a row share theirs (Ainslie et al., 2023). A query that may look at nothing gets zeros. Gradients flow by way of
 * {@link Attention}.
 *
 * @param causal whether a query sees no key that comes after it; the last query stands at the last key, unlike PyTorch's {@code is_causal}, where the first stands at the first
 * @param scale of the scores; {@code 1/√D} keeps them at a size for which softmax still has a slope
 * @param dropout the probability that a weight is set to 0, the others being divided by {@code 1 − dropout}; from 0 to below 1
 * @param seed which weights are dropped; the same seed drops the same
 * @param packedHeads H, if queries, keys and values come in one tensor {@code (B, T, H + 2G, D)}; empty if they come apart
 */
public record DotProductAttention(boolean causal, double scale, double dropout, long seed, OptionalInt packedHeads)
        implements Operation {
    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if the scale is not finite, or the dropout not from 0 to below 1
     */
    public DotProductAttention {
        if (!Double.isFinite(scale)) {
            throw new IllegalArgumentException(
                    "attention: a scale of " + scale + " is not possible; use 1/√width, for example");
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException(
                    "attention: a dropout of " + dropout + " is not possible; use 0 to below 1");
        }
    }

    /** Without dropout, for queries, keys and values that come apart. */
    public DotProductAttention(boolean causal, double scale) {
        this(causal, scale, 0, 0, OptionalInt.empty());
    }

    /** The same for queries, keys and values in one tensor. */
    public DotProductAttention packed(int heads) {
        return new DotProductAttention(causal, scale, dropout, seed, OptionalInt.of(heads));
    }

    /** The same with dropout. */
    public DotProductAttention dropout(double p, long chosen) {
        return new DotProductAttention(causal, scale, p, chosen, packedHeads);
    }

    /** How many tensors hold queries, keys and values. */
    public int tensors() {
        return packedHeads.isPresent() ? 1 : 3;
    }

    /** The tensor with the keys. */
    public Tensor keys(Tensor... inputs) {
        return inputs[packedHeads.isPresent() ? 0 : 1];
    }

    /** The tensor with the values. */
    public Tensor values(Tensor... inputs) {
        return inputs[packedHeads.isPresent() ? 0 : 2];
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        AttentionShape shape = AttentionShape.of(this, inputs);
        AttentionRow row = new AttentionRow(this, shape, inputs);
        double[] values = values(inputs).data();
        double[] out = new double[shape.result().size()];
        for (int b = 0; b < shape.batch(); b++) {
            for (int h = 0; h < shape.heads(); h++) {
                for (int query = 0; query < shape.queries(); query++) {
                    row.look(b, h, query);
                    mix(row, values, shape, out);
                }
            }
        }
        return Tensors.of(out, shape.result());
    }

    /** The weighted average of the values that a query sees. The weights 0.25 and 0.75 make {@code [1, 5]} of the values {@code [4, 2]} and {@code [0, 6]}. */
    private static void mix(AttentionRow row, double[] values, AttentionShape shape, double[] out) {
        int to = row.resultAt();
        // region Task 13.4: the weighted average of the values
        for (int key = 0; key < row.visible(); key++) {
            double weight = row.weight(key) * row.kept(key);
            int from = row.valueAt(key);
            for (int e = 0; e < shape.valueWidth(); e++) {
                out[to + e] += weight * values[from + e];
            }
        }
        // endregion
    }

    /** By what a weight is multiplied: 0 if it is dropped, else {@code 1 / (1 − dropout)}. */
    public double kept(long weight) {
        if (dropout == 0) {
            return 1;
        }
        return new Generator(seed + weight).nextDouble() < dropout ? 0 : 1 / (1 - dropout);
    }

    @Override
    public boolean differentiable() {
        return false;
    }

    /**
     * The gradients of queries, keys and values, one after the other in one vector; packed, they lie in it as they lie in the input. Weights are worked out again, row by row, which is cheaper than to have kept them.
     *
     * <p>With the weights p of a query and the gradient g of its result: that of value j is {@code pⱼ·g}; that of the weight {@code dⱼ = g·vⱼ}; that of the score
     * {@code sⱼ = pⱼ(dⱼ − Σₖ pₖdₖ)}, as for any softmax; and from {@code scoreⱼ = scale · q·kⱼ} follow {@code scale · Σⱼ sⱼkⱼ} for the query and {@code scale · sⱼ·q} for the key.
     *
     * <p>Inputs: those of {@link DotProductAttention}, then g.
     */
    public record Gradient(DotProductAttention of) implements Operation {
        @Override
        public Tensor forward(Tensor... inputs) {
            Tensor[] before = java.util.Arrays.copyOf(inputs, inputs.length - 1);
            Tensor g = inputs[inputs.length - 1];
            AttentionShape shape = AttentionShape.of(of, before);
            checkGradient(g, shape);
            AttentionRow row = new AttentionRow(of, shape, before);
            double[] gradients = new double[shape.gradientSize()];
            for (int b = 0; b < shape.batch(); b++) {
                for (int h = 0; h < shape.heads(); h++) {
                    for (int query = 0; query < shape.queries(); query++) {
                        row.look(b, h, query);
                        row.sendBack(g.data(), gradients);
                    }
                }
            }
            return Tensors.of(gradients, gradients.length);
        }

        /**
         * Compares shapes.
         *
         * @throws IllegalArgumentException if a gradient is not of the result's shape
         */
        public static void checkGradient(Tensor g, AttentionShape shape) {
            if (!g.shape().equals(shape.result())) {
                throw new IllegalArgumentException(
                        "attention: a gradient of shape " + g.shape() + " does not fit the result, " + shape.result());
            }
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    }
}
