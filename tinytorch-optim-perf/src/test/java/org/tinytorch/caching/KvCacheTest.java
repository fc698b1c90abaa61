package org.tinytorch.caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tinytorch.attention.KeyValueStore;
import org.tinytorch.attention.KeyValues;
import org.tinytorch.attention.Masks;
import org.tinytorch.attention.MultiHeadAttention;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.nn.Parameter;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class KvCacheTest {
    private static final int PLACES = 7;
    private static final int BATCH = 2;

    private final MultiHeadAttention attention =
            MultiHeadAttention.builder(8, 4).keyValueHeads(2).causal().build(new Generator(1));
    private final Tensor x = Tensors.randn(new Generator(2), BATCH, PLACES, 8);

    private Tensor withCache(KvCache cache, Tensor input) {
        try (NoGrad scope = NoGrad.enter()) {
            return attention.forward(input, Optional.empty(), cache);
        }
    }

    private static void assertAgree(String what, Tensor actual, Tensor expected) {
        assertThat(actual.allClose(expected, 1e-13, 1e-13))
                .as("%s: %s instead of %s", what, actual, expected)
                .isTrue();
    }

    private static KeyValues keyValues(int batch, int places, int heads, int width) {
        return new KeyValues(Tensors.zeros(batch, places, heads, width), Tensors.zeros(batch, places, heads, width));
    }

    @Test
    void anyWayToCutATextGivesTheSame() {
        Tensor whole = attention.forward(x);
        for (int first = 1; first < PLACES; first++) {
            for (int second = first; second < PLACES; second++) {
                KvCache cache = KvCache.of(PLACES);
                Tensor[] parts = {
                    withCache(cache, x.slice(1, 0, first)),
                    withCache(cache, x.slice(1, first, second)),
                    withCache(cache, x.slice(1, second, PLACES))
                };
                assertAgree("cut at " + first + " and " + second, Tensors.concat(1, parts), whole);
                assertThat(cache.length()).isEqualTo(PLACES);
            }
        }
    }

    @Test
    void aSlidingWindowSeesTheLastTokensOnly() {
        int window = 3;
        double[][] seen = new double[PLACES][PLACES];
        for (int query = 0; query < PLACES; query++) {
            for (int key = Math.max(0, query - window + 1); key <= query; key++) {
                seen[query][key] = 1;
            }
        }
        Tensor mask = Tensors.of(seen);
        Tensor expected = attention.forward(x, Optional.of(mask), KeyValueStore.NONE);

        assertAgree("all at once", withCache(KvCache.slidingWindow(window), x), expected);
    }

    @Test
    void whatDoesNotFitIsRefusedAndNothingIsLost() {
        KvCache cache = KvCache.of(4);
        withCache(cache, x.slice(1, 0, 3));

        assertThatThrownBy(() -> withCache(cache, x.slice(1, 3, 5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 tokens do not fit behind the 3 that are kept, as there is room for 4");
        assertThatThrownBy(() -> cache.extend(keyValues(1, 1, 2, 2)))
                .hasMessageContaining("do not fit those that are kept, (2, 4, 2, 2)")
                .hasMessageContaining("one cache for each layer and each batch");
        assertThatThrownBy(() -> cache.extend(keyValues(BATCH, 1, 1, 2))).hasMessageContaining("(2, 1, 1, 2)");
        assertThatThrownBy(() -> cache.extend(keyValues(BATCH, 1, 2, 3))).hasMessageContaining("(2, 1, 2, 3)");
        assertThat(cache.length()).isEqualTo(3);
        assertAgree(
                "the next token",
                withCache(cache, x.slice(1, 3, 4)),
                attention.forward(x.slice(1, 0, 4)).slice(1, 3, 4));
    }

    @Test
    void gradientsAreNotLostInSilence() {
        Tensor keys = new Parameter(Tensors.zeros(1, 1, 2, 2));

        assertThatThrownBy(() -> KvCache.of(4).extend(new KeyValues(keys, Tensors.zeros(1, 1, 2, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("within NoGrad.enter()");
    }

    @Test
    void aMaskReachesWhatIsKept() {
        Tensor mask = Masks.padding(4, 2, 4); // the first sequence is two tokens long
        KvCache cache = KvCache.of(5);
        withCache(cache, x.slice(1, 0, 3));
        Tensor last;
        try (NoGrad scope = NoGrad.enter()) {
            last = attention.forward(x.slice(1, 3, 4), Optional.of(mask), cache);
        }

        Tensor expected = attention
                .forward(x.slice(1, 0, 4), Optional.of(mask), KeyValueStore.NONE)
                .slice(1, 3, 4);
        assertAgree("masked", last, expected);
    }

    @Test
    void truncatedItGoesOnFromThere() {
        KvCache cache = KvCache.of(PLACES);
        withCache(cache, x);
        cache.truncate(2);
        assertThat(cache.length()).isEqualTo(2);

        assertAgree(
                "third token again",
                withCache(cache, x.slice(1, 2, 3)),
                attention.forward(x.slice(1, 0, 3)).slice(1, 2, 3));
        assertThatThrownBy(() -> cache.truncate(4)).hasMessageContaining("the first 4 tokens cannot be kept of 3");
        assertThatThrownBy(() -> cache.truncate(-1)).hasMessageContaining("-1");
    }

    @Test
    void aWindowThatHasForgottenCannotGoBack() {
        KvCache cache = KvCache.slidingWindow(3);
        withCache(cache, x);

        assertThatThrownBy(() -> cache.truncate(PLACES - 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the window has forgotten");
        cache.clear();
        assertThat(cache.length()).isZero();
    }

    @Test
    void aCopyIsItsOwn() {
        KvCache cache = KvCache.of(PLACES);
        withCache(cache, x.slice(1, 0, 3));
        KvCache copy = cache.copy();
        withCache(copy, x.slice(1, 5, 6));

        assertThat(cache.length()).isEqualTo(3);
        assertAgree(
                "original",
                withCache(cache, x.slice(1, 3, 4)),
                attention.forward(x.slice(1, 0, 4)).slice(1, 3, 4));
    }

    @Test
    void sequencesCanBeLeftOutAndRepeated() {
        KvCache cache = KvCache.of(PLACES);
        withCache(cache, x.slice(1, 0, 3));
        Tensor second = x.slice(0, 1, 2);
        Tensor expected = attention.forward(second.slice(1, 0, 4)).slice(1, 3, 4);

        assertAgree("the second alone", withCache(cache.keep(1), second.slice(1, 3, 4)), expected);
        Tensor twice =
                withCache(cache.keep(1, 1), Tensors.concat(0, second, second).slice(1, 3, 4));
        assertAgree("the second twice", twice, Tensors.concat(0, expected, expected));
        assertThatThrownBy(() -> cache.keep(2)).hasMessageContaining("there is no sequence 2; it keeps 2");
    }

    @Test
    void theMemoryIsTakenOnce() {
        KvCache cache = KvCache.of(PLACES);
        assertThat(cache.bytes()).isZero();
        withCache(cache, x.slice(1, 0, 1));

        long expected = 2L * BATCH * PLACES * 2 * 2 * Double.BYTES;
        assertThat(cache.bytes()).as("keys and values of 2 heads, 2 wide").isEqualTo(expected);
        withCache(cache, x.slice(1, 1, PLACES));
        assertThat(cache.bytes()).isEqualTo(expected);
        assertThatThrownBy(() -> KvCache.of(0)).hasMessageContaining("a capacity of 0 is not possible");
    }
}
