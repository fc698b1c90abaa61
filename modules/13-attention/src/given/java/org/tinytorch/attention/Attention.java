// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/attention/Attention.java. Read it, don't edit it.
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
 * Tensor mixed = Attention.scaledDotProduct(queries, keys, values); // each (batch, places, heads, width)
 * Tensor past = Attention.causal(queries, keys, values);
 * }</pre>
 */
public final class Attention {
    private Attention() {}

    /** Every query looks at every key, with the scale {@code 1/√D}. */
    public static Tensor scaledDotProduct(Tensor queries, Tensor keys, Tensor values) {
        return of(new DotProductAttention(false, scale(queries.dim(-1))), Optional.empty(), queries, keys, values);
    }

    /** A query looks at no key that comes after it; the last query stands at the last key. */
    public static Tensor causal(Tensor queries, Tensor keys, Tensor values) {
        return of(new DotProductAttention(true, scale(queries.dim(-1))), Optional.empty(), queries, keys, values);
    }

    /** {@code 1/√D}: what keeps the products of random vectors with D numbers at a variance of 1. */
    public static double scale(int width) {
        return 1 / Math.sqrt(width);
    }

    /**
     * With options and a mask.
     *
     * @param mask 1 where a query may look at a key, else 0; broadcasts to {@code (B, H, Tq, Tk)}
     * @param inputs queries, keys and values, or one tensor with all three
     * @throws IllegalArgumentException if shapes do not fit together
     */
    public static Tensor of(DotProductAttention attention, Optional<Tensor> mask, Tensor... inputs) {
        return new Attend(attention, mask).apply(inputs);
    }

    /**
     * The weights themselves, {@code (B, H, Tq, Tk)}, for looking at; each row adds up to 1, or is 0 if nothing may be looked at. Nothing is recorded, and nothing dropped.
     *
     * @param inputs as for {@link #of}
     */
    public static Tensor weights(DotProductAttention attention, Optional<Tensor> mask, Tensor... inputs) {
        Tensor[] all = and(mask, inputs);
        AttentionShape shape = AttentionShape.of(attention, all);
        AttentionRow row = new AttentionRow(attention, shape, all);
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

    private static Tensor[] and(Optional<Tensor> last, Tensor... others) {
        Tensor[] all = Arrays.copyOf(others, others.length + (last.isPresent() ? 1 : 0));
        last.ifPresent(tensor -> all[others.length] = tensor);
        return all;
    }

    /** Attention and its gradients. Inputs: queries, keys and values, or one tensor with all three. */
    static final class Attend extends Function {
        private final DotProductAttention attention;
        private final Optional<Tensor> mask;

        Attend(DotProductAttention attention, Optional<Tensor> mask) {
            this.attention = attention;
            this.mask = mask.map(Tensor::detach);
        }

        @Override
        protected Tensor forward(Tensor... inputs) {
            return Operation.run(attention, and(mask, inputs));
        }

        @Override
        protected Tensor[] backward(Saved saved, Tensor g) {
            Tensor[] inputs = new Tensor[saved.count()];
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = saved.input(i);
            }
            Tensor all =
                    Operation.run(new DotProductAttention.Gradient(attention), and(Optional.of(g), and(mask, inputs)));
            return inputs.length == 1 ? new Tensor[] {all.reshape(inputs[0].shape())} : parts(all, inputs);
        }

        private static Tensor[] parts(Tensor all, Tensor... like) {
            Tensor[] parts = new Tensor[like.length];
            int from = 0;
            for (int i = 0; i < parts.length; i++) {
                Shape shape = like[i].shape();
                parts[i] = Tensors.of(Arrays.copyOfRange(all.data(), from, from + shape.size()), shape);
                from += shape.size();
            }
            all.discard();
            return parts;
        }

        @Override
        protected String name() {
            return "Attention";
        }
    }
}
