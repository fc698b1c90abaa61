package org.tinytorch.caching;

import java.util.Arrays;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Modes;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.LanguageModel;

/**
 * A {@link Gpt} that remembers what it has worked out: asked for the token after a text that begins as the last one did, it computes only what is new. So a generator that adds one token after the
 * other costs the work of one token each time, and gives the same text.
 *
 * <pre>{@code
 * LanguageModel plain = LanguageModel.of(gpt);
 * LanguageModel cached = CachedLanguageModel.of(gpt);
 * TextGenerator.of(cached, tokenizer).generate("Once", new Generator(1)); // what plain would write
 * }</pre>
 *
 * <p>A text longer than the context slides, as with {@link LanguageModel#of}: then every token changes its position, and everything is worked out anew each time. {@link #dropping} forgets some more tokens
 * at once, and has time to use what it remembers until the context is full again.
 *
 * <p>It remembers numbers made with the weights as they were: {@link #forget} after training. Not thread-safe; {@link #fork} one for each thread, and call {@code gpt.eval()} first, as each thread would else put the model's mode back while another computes.
 */
public final class CachedLanguageModel implements LanguageModel {
    private final Gpt model;
    private final GptCache cache;
    private final int drop;
    private int[] known = {};

    private CachedLanguageModel(Gpt model, GptCache cache, int drop) {
        this.model = model;
        this.cache = cache;
        this.drop = drop;
    }

    /** A model that remembers up to its whole context. */
    public static CachedLanguageModel of(Gpt model) {
        return new CachedLanguageModel(model, GptCache.of(model), 1);
    }

    /**
     * The same, but of a text longer than the context C it sees the last {@code C − tokens + 1} to C tokens: when the context is full, so many are forgotten at once. With 1, always the last C.
     *
     * @param tokens from 1 to the context length
     * @throws IllegalArgumentException if it is another number
     */
    public CachedLanguageModel dropping(int tokens) {
        int context = model.config().contextLength();
        if (tokens < 1 || tokens > context) {
            throw new IllegalArgumentException("cached language model: it cannot drop " + tokens
                    + " tokens at once from a context of " + context + "; use 1 … " + context);
        }
        return new CachedLanguageModel(model, GptCache.of(model), tokens);
    }

    @Override
    public int vocabularySize() {
        return model.config().vocabularySize();
    }

    @Override
    public double[] next(int[] tokens) {
        LanguageModel.check(tokens, vocabularySize());
        int[] seen = Arrays.copyOfRange(tokens, firstSeen(tokens.length), tokens.length);
        int[] before = known;
        known = new int[] {}; // until all layers have seen the same
        // region Task 16.8: only what is new
        int same = Math.min(commonPrefix(before, seen), seen.length - 1); // the last token's logits are asked for
        cache.truncate(same);
        int[] fresh = Arrays.copyOfRange(seen, same, seen.length);
        Tensor ids = Tensors.of(Arrays.stream(fresh).asDoubleStream().toArray(), 1, fresh.length);
        try (Modes modes = Modes.evaluation(model);
                NoGrad scope = NoGrad.enter()) {
            double[] logits = model.last(ids, cache.stores()).data().clone();
            known = seen;
            return logits;
        }
        // endregion
    }

    /** Where the part of a text begins that fits into the context: 0 for a short one. With a context of 8 and 3 dropped at once: 0 for 8 tokens, 3 for 9 to 11, 6 for 12. */
    int firstSeen(int length) {
        int context = model.config().contextLength();
        // region Task 16.7: forget several at once
        int tooMany = Math.max(0, length - context);
        int times = (tooMany + drop - 1) / drop; // rounded up
        return times * drop;
        // endregion
    }

    /** With how many equal tokens two texts begin: 2 for 5 6 7 and 5 6 8 9. */
    static int commonPrefix(int[] a, int[] b) {
        // region Task 16.6: how two texts begin
        int same = 0;
        while (same < a.length && same < b.length && a[same] == b[same]) {
            same++;
        }
        return same;
        // endregion
    }

    /** How many tokens of the last text it remembers. */
    public int remembered() {
        return known.length;
    }

    /** Forgets everything, as it must when the weights have changed. */
    public void forget() {
        known = new int[] {};
        cache.truncate(0);
    }

    /** Another one that remembers the same, for a text that begins like this one's and then goes its own way. */
    public CachedLanguageModel fork() {
        CachedLanguageModel other = new CachedLanguageModel(model, cache.copy(), drop);
        other.known = known.clone();
        return other;
    }

    /** The memory of all that is remembered, in bytes: it is taken for the whole context at once. */
    public long bytes() {
        return cache.bytes();
    }
}
