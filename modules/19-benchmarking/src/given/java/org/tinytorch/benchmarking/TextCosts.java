// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/TextCosts.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import java.util.Arrays;
import org.tinytorch.attention.AttentionShape;
import org.tinytorch.attention.DotProductAttention;
import org.tinytorch.embedding.Lookup;
import org.tinytorch.embedding.RotatePairs;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.transformer.LayerNormalise;
import org.tinytorch.transformer.RmsNormalise;

/** The costs of embeddings, attention and the norms of transformers (modules 12 to 14). */
final class TextCosts {
    /** For each look of a query at a key: scale the score, and the softmax. */
    static final int LOOK = 1 + BasicCosts.SOFTMAX;

    /** On the way back: all that again, and {@code p(d − Σ p·d)}. */
    private static final int LOOK_BACK = LOOK + 4;

    private TextCosts() {}

    static CostTable addTo(CostTable table) {
        return norms(table)
                .with(Lookup.class, (op, out, in) -> BasicCosts.pick(out, in[1].size()))
                .with(Lookup.Gradient.class, (op, out, in) -> Cost.of(0, in[1].size(), out, in))
                .with(RotatePairs.class, TextCosts::rotation)
                .with(DotProductAttention.class, TextCosts::attention)
                .with(DotProductAttention.Gradient.class, TextCosts::attentionGradient);
    }

    /** For each number that is turned, one multiplication and one multiply-add. */
    private static Cost rotation(RotatePairs op, Tensor out, Tensor... in) {
        long turned = (long) out.size() / out.dim(-2) * op.heads();
        return Cost.of(turned, turned, out, in);
    }

    /** For each look, a product of D numbers for the score and one of E for the mix. */
    private static Cost attention(DotProductAttention op, Tensor out, Tensor... in) {
        AttentionShape s = AttentionShape.of(op, in);
        long looks = MultiplyAdds.looks(op.causal(), s);
        return Cost.of(looks * (s.width() + s.valueWidth()), looks * LOOK, out, in);
    }

    /** Each of the two products has two gradients, and the scores are worked out again: {@code 3D + 2E} multiply-adds for each look. */
    private static Cost attentionGradient(DotProductAttention.Gradient op, Tensor out, Tensor... in) {
        AttentionShape s = AttentionShape.of(op.of(), Arrays.copyOf(in, in.length - 1));
        long looks = MultiplyAdds.looks(op.of().causal(), s);
        return Cost.of(looks * (3 * s.width() + 2 * s.valueWidth()), looks * LOOK_BACK, out, in);
    }

    /** For each number, after the formulas of {@link LayerNormalise} and {@link RmsNormalise}; what is done once a row is left out. */
    private static CostTable norms(CostTable table) {
        return table.with(LayerNormalise.class, (op, out, in) -> SpatialCosts.forEach(in[0], 2, 4, out, in))
                .with(
                        LayerNormalise.ParameterGradients.class,
                        (op, out, in) -> SpatialCosts.forEach(in[0], 2, 5, out, in))
                .with(LayerNormalise.InputGradient.class, (op, out, in) -> SpatialCosts.forEach(in[0], 3, 8, out, in))
                .with(RmsNormalise.class, (op, out, in) -> SpatialCosts.forEach(in[0], 1, 2, out, in))
                .with(RmsNormalise.WeightGradient.class, (op, out, in) -> SpatialCosts.forEach(in[0], 2, 1, out, in))
                .with(RmsNormalise.InputGradient.class, (op, out, in) -> SpatialCosts.forEach(in[0], 3, 3, out, in));
    }
}
