package org.tinytorch.attention;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.tinytorch.embedding.RotaryEmbedding;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.Stochastic;

/**
 * Self-attention in several heads side by side, each with queries, keys and values of its own, which look for different things (Vaswani et al., 2017), like
 * {@code torch.nn.MultiheadAttention} with {@code batch_first}. {@link CrossAttention} looks at another sequence.
 *
 * <p>Shapes: x {@code (B, T, C)}, result the same; each of the H heads is D wide, {@code C/H} unless the builder says otherwise. Children: {@code queryKeyValue}, a {@link Linear} from C to
 * {@code (H + 2G) · D} numbers, in which the rows of the queries come first, then those of the keys, then those of the values; and {@code output}, a {@link Linear} from {@code H · D} to C.
 *
 * <pre>{@code
 * MultiHeadAttention causal = MultiHeadAttention.builder(128, 4).causal().build(generator);
 * MultiHeadAttention grouped = MultiHeadAttention.builder(288, 6).keyValueHeads(2).rotary(rotary).causal().build(generator);
 * }</pre>
 */
public final class MultiHeadAttention extends Layer implements Stochastic {
    private final int width;
    private final int heads;
    private final int keyValueHeads;
    private final int headWidth;
    private final boolean causal;
    private final double dropout;
    private final Optional<RotaryEmbedding> rotary;
    private final Generator generator;

    private MultiHeadAttention(Builder options, Generator generator) {
        options.check();
        this.width = options.width;
        this.heads = options.heads;
        this.keyValueHeads = options.keyValueHeads;
        this.headWidth = options.headWidth.orElse(width / heads);
        this.causal = options.causal;
        this.dropout = options.dropout;
        this.rotary = options.rotary;
        int packed = (heads + 2 * keyValueHeads) * headWidth;
        child("queryKeyValue", new Linear(width, packed, options.bias, generator));
        child("output", new Linear(heads * headWidth, width, options.bias, generator));
        this.generator = generator.split();
    }

    /**
     * Begins a layer.
     *
     * @param width C, a multiple of the heads unless {@link Builder#headWidth} is given
     * @param heads H, at least 1
     */
    public static Builder builder(int width, int heads) {
        return new Builder(width, heads);
    }

    /** Begins a layer with the options of this one, its width of a head among them, but with other numbers of heads; its weights are drawn anew. */
    public Builder withHeads(int otherHeads, int otherKeyValueHeads) {
        Builder options = new Builder(width, otherHeads)
                .keyValueHeads(otherKeyValueHeads)
                .headWidth(headWidth)
                .bias(((Linear) child("queryKeyValue")).bias().isPresent())
                .dropout(dropout);
        options.causal = causal;
        options.rotary = rotary;
        return options;
    }

    /** The options. Whatever is not said: every place sees every other, each head has its own keys, no dropout, biases. */
    public static final class Builder {
        private final int width;
        private final int heads;
        private int keyValueHeads;
        private OptionalInt headWidth = OptionalInt.empty();
        private boolean causal;
        private double dropout;
        private boolean bias = true;
        private Optional<RotaryEmbedding> rotary = Optional.empty();

        private Builder(int width, int heads) {
            this.width = width;
            this.heads = heads;
            this.keyValueHeads = heads;
        }

        /** Nobody looks at what comes later. */
        public Builder causal() {
            causal = true;
            return this;
        }

        /** How many heads of keys and values there are, of which H must be a multiple: 1 is multi-query, fewer than H grouped-query attention (Ainslie et al., 2023). */
        public Builder keyValueHeads(int count) {
            keyValueHeads = count;
            return this;
        }

        /** D, if it is not {@code C/H}: at least 1. */
        public Builder headWidth(int numbers) {
            headWidth = OptionalInt.of(numbers);
            return this;
        }

        /** The probability that a weight is dropped while training, from 0 to below 1. */
        public Builder dropout(double p) {
            dropout = p;
            return this;
        }

        /** Whether the linear layers have biases. */
        public Builder bias(boolean wanted) {
            bias = wanted;
            return this;
        }

        /** Turns queries and keys by their positions. */
        public Builder rotary(RotaryEmbedding positions) {
            rotary = Optional.of(positions);
            return this;
        }

        /**
         * Makes the layer, with weights as {@link Linear} draws them.
         *
         * @throws IllegalArgumentException if the options are not possible; the message says which
         */
        public MultiHeadAttention build(Generator generator) {
            return new MultiHeadAttention(this, generator);
        }

        private void check() {
            if (headWidth.isPresent()) {
                AttentionHeads.check(width, heads, keyValueHeads, headWidth.getAsInt());
            } else {
                AttentionHeads.check(width, heads, keyValueHeads);
            }
            new DotProductAttention(causal, 1).dropout(dropout, 0); // judges it
        }
    }

    /** H. */
    public int heads() {
        return heads;
    }

    /** How many heads of keys and values there are. */
    public int keyValueHeads() {
        return keyValueHeads;
    }

    /** D, the width of a head. */
    public int headWidth() {
        return headWidth;
    }

    /** Whether nobody looks at what comes later. */
    public boolean isCausal() {
        return causal;
    }

    /** What turns queries and keys by their positions, if anything does. */
    public Optional<RotaryEmbedding> rotary() {
        return rotary;
    }

    @Override
    protected Tensor compute(Tensor x) {
        return forward(x, Optional.empty(), KeyValueStore.NONE);
    }

    /**
     * With a mask, and with keys and values of what came before.
     *
     * @param x {@code (B, T, C)}, at the positions from {@code store.length()} on
     * @param mask 1 where a query may look at a key, else 0; broadcasts to {@code (B, H, T, all keys)}
     * @throws IllegalArgumentException if shapes do not fit
     */
    public Tensor forward(Tensor x, Optional<Tensor> mask, KeyValueStore store) {
        // region Task 13.9: attend in all heads, merge, project
        Tensor all = packed(x, store.length());
        Tensor mixed = attend(all, mask, store);
        Tensor merged = mixed.reshape(x.dim(0), x.dim(1), heads * headWidth);
        return child("output").forward(merged);
        // endregion
    }

    /** What each head finds, {@code (B, T, H, D)}. */
    private Tensor attend(Tensor all, Optional<Tensor> mask, KeyValueStore store) {
        if (store == KeyValueStore.NONE) {
            return Attention.of(attention().packed(heads), mask, all);
        }
        int values = heads + keyValueHeads;
        KeyValues fresh = new KeyValues(all.slice(2, heads, values), all.slice(2, values, all.dim(2)));
        return store.attend(attention(), mask, all.slice(2, 0, heads), fresh);
    }

    /** How much each place of x looks at each, {@code (B, H, T, T)}; for pictures, as if in evaluation mode. */
    public Tensor weights(Tensor x) {
        DotProductAttention attention = new DotProductAttention(causal, Attention.scale(headWidth));
        return Attention.weights(attention.packed(heads), Optional.empty(), packed(x, 0));
    }

    /**
     * Queries, keys and values of all heads, {@code (B, T, H + 2G, D)}, the first two turned by their positions.
     *
     * @param first the position of x's first place
     */
    private Tensor packed(Tensor x, int first) {
        AttentionHeads.checkInput("input", x, width);
        Tensor all = AttentionHeads.split(child("queryKeyValue").forward(x), headWidth);
        return rotary.isPresent() ? rotary.get().rotate(all, first, heads + keyValueHeads) : all;
    }

    private DotProductAttention attention() {
        DotProductAttention attention = new DotProductAttention(causal, Attention.scale(headWidth));
        return isTraining() && dropout > 0 ? attention.dropout(dropout, generator.nextLong()) : attention;
    }

    @Override
    public List<Generator> generators() {
        return dropout > 0 ? List.of(generator) : List.of();
    }

    @Override
    protected String options() {
        return width + ", heads=" + heads
                + (keyValueHeads == heads ? "" : ", keyValueHeads=" + keyValueHeads)
                + (heads * headWidth == width ? "" : ", headWidth=" + headWidth)
                + (causal ? ", causal" : "")
                + (rotary.isPresent() ? ", rotary" : "")
                + (dropout > 0 ? ", dropout=" + dropout : "");
    }
}
