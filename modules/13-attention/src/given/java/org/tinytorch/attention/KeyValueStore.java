// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/attention/KeyValueStore.java. Read it, don't edit it.
package org.tinytorch.attention;

import java.util.Optional;
import org.tinytorch.tensor.Tensor;

/**
 * Where a layer of self-attention gets its keys and values: it hands over those of the vectors that it sees now, and gets all that its queries are to look at. With {@link #NONE} these are the
 * same. Module 16 keeps those of earlier tokens here, so that they need not be computed again for each new one.
 *
 * <p>One store serves one layer and one batch of sequences.
 */
public interface KeyValueStore {
    /** Nothing came before, and nothing is kept. */
    KeyValueStore NONE = new KeyValueStore() {
        @Override
        public int length() {
            return 0;
        }

        @Override
        public KeyValues extend(KeyValues fresh) {
            return fresh;
        }
    };

    /** How many places came before: the position of the next vector. */
    int length();

    /**
     * Takes keys and values of what comes next.
     *
     * @return all to look at; those that were handed over last
     */
    KeyValues extend(KeyValues fresh);

    /**
     * Takes keys and values of what comes next, and lets its queries look at all. A store that keeps them in a form of its own can do that without putting them together first.
     *
     * @param mask 1 where a query may look at a key, else 0; broadcasts to {@code (B, H, T, all keys)}
     * @param queries {@code (B, T, H, D)}
     * @param fresh of the same T places
     * @return {@code (B, T, H, D)}
     */
    default Tensor attend(DotProductAttention attention, Optional<Tensor> mask, Tensor queries, KeyValues fresh) {
        KeyValues known = extend(fresh);
        return Attention.of(attention, mask, queries, known.keys(), known.values());
    }
}
