package org.tinytorch.caching;

import java.util.Optional;
import org.tinytorch.attention.Attention;
import org.tinytorch.attention.DotProductAttention;
import org.tinytorch.attention.KeyValueStore;
import org.tinytorch.attention.KeyValues;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Keeps the keys and values of the tokens that one layer of attention has seen, so that a new token costs the work of one token, however many came before. They do not depend on what comes
 * later: that is what a causal mask is for.
 *
 * <p>The memory is taken once, at the first tokens: {@code 2 · B · capacity · G · D} numbers, for B sequences and G heads of keys that are D wide. With a {@link #slidingWindow} the newest token takes
 * the place of the oldest, and each token sees the last {@code capacity} tokens, itself among them (Jiang et al., Mistral 7B, 2023).
 *
 * <pre>{@code
 * KvCache cache = KvCache.of(1024);
 * layer.forward(prompt, Optional.empty(), cache); // (1, T, C)
 * layer.forward(next, Optional.empty(), cache);   // (1, 1, C), sees the prompt
 * }</pre>
 *
 * <p>It keeps numbers, not graphs: use it within {@code NoGrad}. Not thread-safe.
 */
public final class KvCache implements KeyValueStore {
    private final int capacity;
    private final boolean sliding;
    private Optional<KvBuffer> keys = Optional.empty();
    private Optional<KvBuffer> values = Optional.empty();
    private int length;

    private KvCache(int capacity, boolean sliding) {
        if (capacity < 1) {
            throw new IllegalArgumentException("kv cache: a capacity of " + capacity
                    + " is not possible; use 1 or more, the model's context length");
        }
        this.capacity = capacity;
        this.sliding = sliding;
    }

    private KvCache(KvCache like, Optional<KvBuffer> keys, Optional<KvBuffer> values) {
        this(like.capacity, like.sliding);
        this.keys = keys;
        this.values = values;
        this.length = like.length;
    }

    /** An empty cache for so many tokens; more are an error. */
    public static KvCache of(int capacity) {
        return new KvCache(capacity, false);
    }

    /** An empty cache that forgets all but the last so many tokens. */
    public static KvCache slidingWindow(int window) {
        return new KvCache(window, true);
    }

    /** How many tokens it has seen, those it has forgotten among them. */
    @Override
    public int length() {
        return length;
    }

    /** How many tokens it can keep. */
    public int capacity() {
        return capacity;
    }

    /** How many tokens it keeps now. */
    public int kept() {
        return Math.min(length, capacity);
    }

    /** The memory it has taken; 0 before the first tokens. */
    public long bytes() {
        return keys.map(KvBuffer::bytes).orElse(0L)
                + values.map(KvBuffer::bytes).orElse(0L);
    }

    /**
     * Takes keys and values of what comes next.
     *
     * @param fresh {@code (B, T, G, D)}
     * @return copies of all that is kept, in their order, {@code (B, kept, G, D)}
     * @throws IllegalArgumentException if they do not fit the ones before, ask for a gradient, or are more than there is room for
     */
    @Override
    public KeyValues extend(KeyValues fresh) {
        check(fresh);
        int count = fresh.keys().dim(1);
        if (count > 1 && length + count > capacity) {
            throw new IllegalArgumentException(
                    "kv cache: " + count + " tokens at once do not fit into a window with room for "
                            + (capacity - kept()) + " more, as each of them sees others; give them one by one");
        }
        append(fresh, 0, count);
        return new KeyValues(
                keys.orElseThrow().read(length), values.orElseThrow().read(length));
    }

    /** The same as {@link KeyValueStore#attend}, but a single query looks at the keys where they lie. */
    @Override
    public Tensor attend(DotProductAttention attention, Optional<Tensor> mask, Tensor queries, KeyValues fresh) {
        int count = queries.dim(1);
        boolean together = count != 1 && length + count <= capacity;
        if (mask.isPresent() || attention.dropout() > 0 || count == 0 || together && length > 0) {
            return KeyValueStore.super.attend(attention, mask, queries, fresh);
        }
        check(fresh);
        if (together) {
            append(fresh, 0, count);
            return Attention.of(attention, mask, queries, fresh.keys(), fresh.values()); // there are no others
        }
        if (count == 1) {
            return joinAndLook(attention.scale(), queries, fresh, 0);
        }
        Tensor[] found = new Tensor[count];
        for (int place = 0; place < count; place++) {
            found[place] = joinAndLook(attention.scale(), queries.slice(1, place, place + 1), fresh, place);
        }
        return Tensors.concat(1, found);
    }

    /**
     * Writes the keys and values of some places behind the others; the newest goes where the oldest was if there is no room. In a window of 4, the fifth token goes into slot 0, and the length is 5.
     *
     * @param from the first place of fresh to take
     * @param count how many
     */
    void append(KeyValues fresh, int from, int count) {
        KvBuffer keyBuffer = keys.orElseThrow();
        KvBuffer valueBuffer = values.orElseThrow();
        // region Task 16.3: behind the others
        int slot = length % capacity;
        keyBuffer.write(fresh.keys(), from, count, slot);
        valueBuffer.write(fresh.values(), from, count, slot);
        length += count;
        // endregion
    }

    /**
     * The key and the value of one place join the others; then its query looks at all that are kept, itself among them, where they lie.
     *
     * @param query {@code (B, 1, H, D)}
     * @param place which one of fresh
     * @return {@code (B, 1, H, D)}
     */
    private Tensor joinAndLook(double scale, Tensor query, KeyValues fresh, int place) {
        KvBuffer keyBuffer = keys.orElseThrow();
        KvBuffer valueBuffer = values.orElseThrow();
        // region Task 16.5: join, then look
        append(fresh, place, 1);
        IncrementalAttention attention = new IncrementalAttention(scale, kept());
        return Operation.run(attention, query, keyBuffer.room(), valueBuffer.room());
        // endregion
    }

    private void check(KeyValues fresh) {
        Shape k = fresh.keys().shape();
        Shape v = fresh.values().shape();
        if (fresh.keys().requiresGrad() || fresh.values().requiresGrad()) {
            throw new IllegalArgumentException(
                    "kv cache: keys and values ask for gradients, which a cache would lose; generate within NoGrad.enter(), and train without a cache");
        }
        if (keys.isPresent() && !(keys.get().fits(k) && values.orElseThrow().fits(v))) {
            throw new IllegalArgumentException("kv cache: keys " + k + " and values " + v
                    + " do not fit those that are kept, " + keys.get().room().shape() + " and "
                    + values.orElseThrow().room().shape()
                    + " as (batch, capacity, heads, width); use one cache for each layer and each batch of sequences");
        }
        if (!sliding && length + k.dim(1) > capacity) {
            throw new IllegalArgumentException("kv cache: " + k.dim(1) + " tokens do not fit behind the " + length
                    + " that are kept, as there is room for " + capacity
                    + "; make a larger cache, or clear() it and give the last tokens again");
        }
        if (keys.isEmpty()) {
            keys = Optional.of(new KvBuffer(k.dim(0), capacity, k.dim(2), k.dim(3)));
            values = Optional.of(new KvBuffer(v.dim(0), capacity, v.dim(2), v.dim(3)));
        }
    }

    /**
     * Forgets all but the first tokens, so that a text can go on differently.
     *
     * @throws IllegalArgumentException if it has not seen so many
     * @throws IllegalStateException if a sliding window has already forgotten some of them
     */
    public void truncate(int tokens) {
        if (tokens < 0 || tokens > length) {
            throw new IllegalArgumentException("kv cache: the first " + tokens + " tokens cannot be kept of " + length);
        }
        if (tokens > 0 && tokens < length && length > capacity) {
            throw new IllegalStateException("kv cache: the window has forgotten what token " + tokens
                    + " would see; clear() it and give the last tokens again");
        }
        length = tokens;
    }

    /** Forgets everything; the memory stays. */
    public void clear() {
        length = 0;
    }

    /** A cache of its own with the same content. */
    public KvCache copy() {
        return new KvCache(this, keys.map(KvBuffer::copy), values.map(KvBuffer::copy));
    }

    /**
     * A cache for some of the sequences: {@code keep(0, 2)} leaves out the second of three, and {@code keep(0, 0, 0)} begins three texts with the same tokens.
     *
     * @throws IndexOutOfBoundsException if there is no such sequence
     */
    public KvCache keep(int... sequences) {
        int batch = keys.map(buffer -> buffer.room().dim(0)).orElse(0);
        for (int sequence : sequences) {
            if (sequence < 0 || sequence >= batch) {
                throw new IndexOutOfBoundsException(
                        "kv cache: there is no sequence " + sequence + "; it keeps " + batch);
            }
        }
        return new KvCache(
                this, keys.map(buffer -> buffer.keep(sequences)), values.map(buffer -> buffer.keep(sequences)));
    }
}
