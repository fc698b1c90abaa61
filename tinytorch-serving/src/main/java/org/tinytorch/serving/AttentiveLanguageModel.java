package org.tinytorch.serving;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tinytorch.attention.KeyValueStore;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.caching.CachedLanguageModel;
import org.tinytorch.caching.GptCache;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.LanguageModel;

/**
 * Writes as {@link CachedLanguageModel#dropping} does, and tells what the last layer looked at. For one text, to which tokens are only added; the model is in evaluation mode. Not thread-safe.
 */
final class AttentiveLanguageModel implements LanguageModel {
    private final Gpt model;
    private final GptCache cache;
    private final AttentionWindow window;
    private final List<KeyValueStore> stores;
    private final int drop;
    private int first;

    /** @param drop how many tokens are forgotten at once when the context is full */
    AttentiveLanguageModel(Gpt model, int drop) {
        this.model = model;
        this.drop = drop;
        this.cache = GptCache.of(model);
        this.stores = new ArrayList<>(cache.stores());
        int last = stores.size() - 1;
        this.window = new AttentionWindow(cache.stores().get(last));
        stores.set(last, window);
    }

    @Override
    public int vocabularySize() {
        return model.config().vocabularySize();
    }

    @Override
    public double[] next(int[] tokens) {
        int tooMany = Math.max(0, tokens.length - model.config().contextLength());
        int from = (tooMany + drop - 1) / drop * drop;
        if (from != first) { // every token has another position now
            cache.truncate(0);
            first = from;
        }
        int[] fresh = Arrays.copyOfRange(tokens, from + cache.length(), tokens.length);
        Tensor ids = Tensors.of(Arrays.stream(fresh).asDoubleStream().toArray(), 1, fresh.length);
        try (NoGrad scope = NoGrad.enter()) {
            return model.last(ids, stores).data().clone();
        }
    }

    /** How much the last token of the text looked at each that the model sees, itself last, when it was asked for the next one. */
    double[] attention() {
        return window.weights();
    }
}
