// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/caching/GptCache.java. Read it, don't edit it.
package org.tinytorch.caching;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.tinytorch.transformer.Gpt;

/**
 * A {@link KvCache} for each block of a {@link Gpt}.
 *
 * <pre>{@code
 * GptCache cache = GptCache.of(gpt);
 * Tensor logits = gpt.last(prompt, cache.stores()); // (1, V)
 * logits = gpt.last(next, cache.stores());
 * }</pre>
 */
public final class GptCache {
    private final List<KvCache> stores;

    private GptCache(List<KvCache> stores) {
        this.stores = stores;
    }

    private GptCache(Gpt model, IntFunction<KvCache> make) {
        this(IntStream.range(0, model.config().layers()).mapToObj(make).toList());
    }

    /** Empty, with room for the model's whole context. */
    public static GptCache of(Gpt model) {
        return of(model, model.config().contextLength());
    }

    /**
     * Empty, with room for so many tokens.
     *
     * @throws IllegalArgumentException if there are none, or more than the model's context
     */
    public static GptCache of(Gpt model, int capacity) {
        int context = model.config().contextLength();
        if (capacity > context) {
            throw new IllegalArgumentException("gpt cache: room for " + capacity
                    + " tokens would never be filled, as the model's context is " + context + "; use at most that");
        }
        return new GptCache(model, layer -> KvCache.of(capacity));
    }

    /** Empty; each token sees only so many, the last ones. The text can still not become longer than the model's context, which is as many positions as it knows. */
    public static GptCache slidingWindow(Gpt model, int window) {
        return new GptCache(model, layer -> KvCache.slidingWindow(window));
    }

    /** One for each block. */
    public List<KvCache> stores() {
        return stores;
    }

    /** How many tokens all of them have seen. */
    public int length() {
        return stores.get(0).length();
    }

    /** The memory of all. */
    public long bytes() {
        return stores.stream().mapToLong(KvCache::bytes).sum();
    }

    /** Forgets all but the first tokens; see {@link KvCache#truncate}. */
    public void truncate(int tokens) {
        stores.forEach(store -> store.truncate(tokens));
    }

    /** A cache of its own with the same content. */
    public GptCache copy() {
        return with(KvCache::copy);
    }

    /** A cache for some of the sequences; see {@link KvCache#keep}. */
    public GptCache keep(int... sequences) {
        return with(store -> store.keep(sequences));
    }

    private GptCache with(UnaryOperator<KvCache> change) {
        return new GptCache(stores.stream().map(change).toList());
    }
}
