package org.tinytorch.attention;

import java.util.Optional;
import org.tinytorch.tensor.Tensors;

/** The simplest store that keeps what it is given: it appends. */
public final class GrowingStore implements KeyValueStore {
    private Optional<KeyValues> known = Optional.empty();

    /** Empty. */
    public GrowingStore() {}

    @Override
    public int length() {
        return known.map(all -> all.keys().dim(1)).orElse(0);
    }

    @Override
    public KeyValues extend(KeyValues fresh) {
        KeyValues all = known.map(before -> new KeyValues(
                        Tensors.concat(1, before.keys(), fresh.keys()),
                        Tensors.concat(1, before.values(), fresh.values())))
                .orElse(fresh);
        known = Optional.of(all);
        return all;
    }
}
