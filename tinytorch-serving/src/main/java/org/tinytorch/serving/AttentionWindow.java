package org.tinytorch.serving;

import java.util.Optional;
import org.tinytorch.attention.Attention;
import org.tinytorch.attention.DotProductAttention;
import org.tinytorch.attention.KeyValueStore;
import org.tinytorch.attention.KeyValues;
import org.tinytorch.caching.KvCache;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Looks at what one layer of attention looks at: hands everything on to a cache, which computes as ever, and works out the weights of the newest query beside it. For one text, whose tokens only become more. Not
 * thread-safe.
 */
final class AttentionWindow implements KeyValueStore {
    private final KvCache cache;
    private Optional<Tensor> keys = Optional.empty();
    private double[] weights = {};

    AttentionWindow(KvCache cache) {
        this.cache = cache;
    }

    @Override
    public int length() {
        return cache.length();
    }

    @Override
    public KeyValues extend(KeyValues fresh) {
        return cache.extend(fresh);
    }

    @Override
    public Tensor attend(DotProductAttention attention, Optional<Tensor> mask, Tensor queries, KeyValues fresh) {
        if (cache.length() == 0) {
            keys = Optional.empty();
        }
        Tensor mixed = cache.attend(attention, mask, queries, fresh);
        Tensor all = keys.map(before -> Tensors.concat(1, before, fresh.keys())).orElse(fresh.keys());
        keys = Optional.of(all);
        int places = queries.dim(1);
        weights = meanOverHeads(Attention.weights(
                attention, mask, queries.slice(1, places - 1, places), all, all)); // values do not matter
        return mixed;
    }

    private static double[] meanOverHeads(Tensor weights) {
        int heads = weights.dim(1);
        double[] mean = new double[weights.dim(3)];
        double[] all = weights.data(); // (1, heads, 1, keys)
        for (int i = 0; i < all.length; i++) {
            mean[i % mean.length] += all[i] / heads;
        }
        return mean;
    }

    /** How much the newest place looked at each that is kept, itself last: the mean over the heads; adds up to 1. */
    double[] weights() {
        return weights.clone();
    }
}
