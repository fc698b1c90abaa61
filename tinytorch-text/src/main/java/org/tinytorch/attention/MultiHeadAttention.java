package org.tinytorch.attention;

import java.util.List;
import java.util.Optional;
import org.tinytorch.embedding.RotaryEmbedding;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.Stochastic;

/**
 * Attention in several heads side by side, each with queries, keys and values of its own, which look for different things (Vaswani et al., 2017), like
 * {@code torch.nn.MultiheadAttention} with {@code batch_first}.
 *
 * <p>Shapes: x {@code (B, T, C)}, result the same; each of the H heads is {@code C/H} wide. Children {@code query}, {@code key}, {@code value} and {@code output}, all
 * {@link Linear}.
 *
 * <pre>{@code
 * MultiHeadAttention causal = MultiHeadAttention.builder(128, 4).causal().build(generator);
 * MultiHeadAttention grouped = MultiHeadAttention.builder(288, 6).keyValueHeads(2).rotary(rotary).causal().build(generator);
 * Tensor translated = MultiHeadAttention.builder(128, 4).build(generator).forward(words, memory); // cross-attention
 * }</pre>
 */
public final class MultiHeadAttention extends Layer implements Stochastic {
    private final int width;
    private final int heads;
    private final int keyValueHeads;
    private final boolean causal;
    private final double dropout;
    private final Optional<RotaryEmbedding> rotary;
    private final Generator generator;

    private MultiHeadAttention(Builder options, Generator generator) {
        options.check();
        this.width = options.width;
        this.heads = options.heads;
        this.keyValueHeads = options.keyValueHeads;
        this.causal = options.causal;
        this.dropout = options.dropout;
        this.rotary = options.rotary;
        int keyWidth = width / heads * keyValueHeads;
        child("query", new Linear(width, width, options.bias, generator));
        child("key", new Linear(options.memoryWidth, keyWidth, options.bias, generator));
        child("value", new Linear(options.memoryWidth, keyWidth, options.bias, generator));
        child("output", new Linear(width, width, options.bias, generator));
        this.generator = generator.split();
    }

    /**
     * Begins a layer.
     *
     * @param width C, a multiple of the heads
     * @param heads H, at least 1
     */
    public static Builder builder(int width, int heads) {
        return new Builder(width, heads);
    }

    /** The options. Whatever is not said: everything sees everything, each head has its own keys, no dropout, biases. */
    public static final class Builder {
        private final int width;
        private final int heads;
        private int keyValueHeads;
        private int memoryWidth;
        private boolean causal;
        private double dropout;
        private boolean bias = true;
        private Optional<RotaryEmbedding> rotary = Optional.empty();

        private Builder(int width, int heads) {
            this.width = width;
            this.heads = heads;
            this.keyValueHeads = heads;
            this.memoryWidth = width;
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

        /** How wide the vectors are that keys and values come from, if not C; for cross-attention. */
        public Builder memoryWidth(int other) {
            memoryWidth = other;
            return this;
        }

        /** The probability that a weight is dropped while training, from 0 to below 1. */
        public Builder dropout(double p) {
            dropout = p;
            return this;
        }

        /** Whether the four linear layers have biases. */
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
            if (heads < 1 || width < 1 || width % heads != 0) {
                throw new IllegalArgumentException("attention: a width of " + width + " cannot be shared out among "
                        + heads + " heads; use a multiple of them");
            }
            if (keyValueHeads < 1 || heads % keyValueHeads != 0) {
                throw new IllegalArgumentException("attention: " + heads + " heads cannot share " + keyValueHeads
                        + " heads of keys and values; use a divisor of " + heads);
            }
            new DotProductAttention(causal, 1, dropout, 0); // judges the dropout
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

    /** C/H, the width of a head. */
    public int headWidth() {
        return width / heads;
    }

    /** Self-attention. */
    @Override
    protected Tensor compute(Tensor x) {
        return forward(x, Optional.empty(), KeyValueStore.NONE);
    }

    /**
     * Self-attention with a mask, and with keys and values of what came before.
     *
     * @param x {@code (B, T, C)}, at the positions from {@code store.length()} on
     * @param mask 1 where a query may look at a key, else 0; broadcasts to {@code (B, H, T, all keys)}
     * @throws IllegalArgumentException if shapes do not fit
     */
    public Tensor forward(Tensor x, Optional<Tensor> mask, KeyValueStore store) {
        check("input", x, width);
        int first = store.length();
        Tensor queries = turn(splitHeads(child("query").forward(x), heads), first);
        Tensor keys = turn(splitHeads(child("key").forward(x), keyValueHeads), first);
        Tensor values = splitHeads(child("value").forward(x), keyValueHeads);
        KeyValues all = store.extend(new KeyValues(keys, values));
        return merged(Attention.of(attention(), queries, all.keys(), all.values(), mask));
    }

    /** Cross-attention: x asks, and a memory {@code (B, S, memory width)} answers. */
    public Tensor forward(Tensor x, Tensor memory) {
        return forward(x, memory, Optional.empty());
    }

    /**
     * Cross-attention with a mask.
     *
     * @param mask broadcasts to {@code (B, H, T, S)}
     * @throws IllegalStateException if the layer is causal or turns by positions, which two different sequences do not share
     */
    public Tensor forward(Tensor x, Tensor memory, Optional<Tensor> mask) {
        if (causal || rotary.isPresent()) {
            throw new IllegalStateException(
                    "attention: a layer with " + (causal ? "a causal mask" : "rotary positions")
                            + " is for one sequence; make one without for cross-attention");
        }
        check("input", x, width);
        check("memory", memory, ((Linear) child("key")).in());
        Tensor queries = splitHeads(child("query").forward(x), heads);
        Tensor keys = splitHeads(child("key").forward(memory), keyValueHeads);
        Tensor values = splitHeads(child("value").forward(memory), keyValueHeads);
        return merged(Attention.of(attention(), queries, keys, values, mask));
    }

    /** How much each place of x looks at each, {@code (B, H, T, T)}; for pictures, as if in evaluation mode. */
    public Tensor weights(Tensor x) {
        check("input", x, width);
        Tensor queries = turn(splitHeads(child("query").forward(x), heads), 0);
        Tensor keys = turn(splitHeads(child("key").forward(x), keyValueHeads), 0);
        return Attention.weights(attention(), queries.detach(), keys.detach(), Optional.empty());
    }

    private DotProductAttention attention() {
        double scale = 1 / Math.sqrt(headWidth());
        return isTraining() && dropout > 0
                ? new DotProductAttention(causal, scale, dropout, generator.nextLong())
                : new DotProductAttention(causal, scale);
    }

    private Tensor turn(Tensor headed, int first) {
        return rotary.isPresent() ? rotary.get().rotate(headed, first) : headed;
    }

    private Tensor merged(Tensor mixed) {
        return child("output").forward(mergeHeads(mixed));
    }

    /** {@code (B, T, count · D)} to {@code (B, count, T, D)}: head h gets the numbers from {@code h · D} on. */
    static Tensor splitHeads(Tensor x, int count) {
        return x.reshape(x.dim(0), x.dim(1), count, x.dim(2) / count).permute(0, 2, 1, 3);
    }

    /** {@code (B, count, T, D)} to {@code (B, T, count · D)}: undoes {@link #splitHeads}. */
    static Tensor mergeHeads(Tensor x) {
        return x.permute(0, 2, 1, 3).reshape(x.dim(0), x.dim(2), x.dim(1) * x.dim(3));
    }

    private static void check(String what, Tensor x, int expected) {
        Shape shape = x.shape();
        if (shape.rank() != 3 || shape.dim(2) != expected) {
            throw new IllegalArgumentException("attention: " + what + " " + shape + " is not (batch, places, " + expected
                    + "); a single sequence is a batch of one, use unsqueeze(0)");
        }
    }

    @Override
    public List<Generator> generators() {
        return dropout > 0 ? List.of(generator) : List.of();
    }

    @Override
    protected String options() {
        return width + ", heads=" + heads
                + (keyValueHeads == heads ? "" : ", keyValueHeads=" + keyValueHeads)
                + (causal ? ", causal" : "")
                + (rotary.isPresent() ? ", rotary" : "")
                + (dropout > 0 ? ", dropout=" + dropout : "");
    }
}
