package org.tinytorch.attention;

import java.util.Arrays;
import java.util.Optional;
import org.tinytorch.autograd.Function;
import org.tinytorch.autograd.Saved;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Applies {@link DotProductAttention}, with gradients.
 *
 * <pre>{@code
 * Tensor mixed = Attention.scaledDotProduct(queries, keys, values);
 * Tensor past = Attention.causal(queries, keys, values);
 * }</pre>
 */
public final class Attention {
    private Attention() {}

    /** Every query looks at every key, with the scale {@code 1/√D}. */
    public static Tensor scaledDotProduct(Tensor queries, Tensor keys, Tensor values) {
        return of(new DotProductAttention(false, scale(queries)), queries, keys, values, Optional.empty());
    }

    /** A query looks at no key that comes after it; the last query stands at the last key. */
    public static Tensor causal(Tensor queries, Tensor keys, Tensor values) {
        return of(new DotProductAttention(true, scale(queries)), queries, keys, values, Optional.empty());
    }

    /** {@code 1/√D} for queries {@code (…, D)}: what keeps the scores of random vectors at a variance of 1. */
    public static double scale(Tensor queries) {
        return 1 / Math.sqrt(queries.dim(-1));
    }

    /**
     * With options and a mask.
     *
     * @param mask 1 where a query may look at a key, else 0; broadcasts to {@code (B, H, Tq, Tk)}
     * @throws IllegalArgumentException if shapes do not fit together
     */
    public static Tensor of(
            DotProductAttention attention, Tensor queries, Tensor keys, Tensor values, Optional<Tensor> mask) {
        return new Attend(attention, mask).apply(queries, keys, values);
    }

    /**
     * The weights themselves, {@code (B, H, Tq, Tk)}, for looking at; each row adds up to 1, or is 0 if nothing may be looked at. Nothing is recorded, and nothing dropped.
     *
     * @param attention whose mask and scale hold
     */
    public static Tensor weights(DotProductAttention attention, Tensor queries, Tensor keys, Optional<Tensor> mask) {
        Tensor[] inputs = inputs(mask, queries, keys, keys);
        AttentionShape shape = AttentionShape.of(attention.causal(), inputs);
        AttentionRow row = new AttentionRow(attention, shape, inputs);
        double[] weights = new double[shape.weights().size()];
        for (int i = 0; i < weights.length / shape.keys(); i++) {
            int head = i / shape.queries();
            row.look(head / shape.heads(), head % shape.heads(), i % shape.queries());
            for (int key = 0; key < row.visible(); key++) {
                weights[i * shape.keys() + key] = row.weight(key);
            }
        }
        return Tensors.of(weights, shape.weights());
    }

    private static Tensor[] inputs(Optional<Tensor> mask, Tensor... others) {
        Tensor[] inputs = Arrays.copyOf(others, others.length + (mask.isPresent() ? 1 : 0));
        mask.ifPresent(last -> inputs[others.length] = last);
        return inputs;
    }

    /** Attention and its gradients. Inputs: queries, keys, values. */
    static final class Attend extends Function {
        private final DotProductAttention attention;
        private final Optional<Tensor> mask;

        Attend(DotProductAttention attention, Optional<Tensor> mask) {
            this.attention = attention;
            this.mask = mask.map(Tensor::detach);
        }

        @Override
        protected Tensor forward(Tensor... inputs) {
            return Operation.run(attention, inputs(mask, inputs));
        }

        @Override
        protected Tensor[] backward(Saved saved, Tensor g) {
            Tensor[] before = inputs(mask, saved.input(0), saved.input(1), saved.input(2));
            Tensor[] withG = Arrays.copyOf(before, before.length + 1);
            withG[before.length] = g;
            Tensor all = Operation.run(new DotProductAttention.Gradient(attention), withG);
            int keys = before[0].size();
            int values = keys + before[1].size();
            Tensor[] gradients = {
                part(all, 0, before[0].shape()),
                part(all, keys, before[1].shape()),
                part(all, values, before[2].shape())
            };
            all.discard();
            return gradients;
        }

        private static Tensor part(Tensor all, int from, Shape shape) {
            return Tensors.of(Arrays.copyOfRange(all.data(), from, from + shape.size()), shape);
        }

        @Override
        protected String name() {
            return "Attention";
        }
    }
}
