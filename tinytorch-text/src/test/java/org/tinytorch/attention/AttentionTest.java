package org.tinytorch.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.tinytorch.attention.Agreement.assertAgrees;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.Values;

class AttentionTest {
    private static final int QUERIES = 3;
    private static final int KEYS = 5;
    private static final int WIDTH = 4;

    private final Tensor q = Values.spread(1, -2, 2, 2, QUERIES, 2, WIDTH);
    private final Tensor k = Values.spread(2, -2, 2, 2, KEYS, 2, WIDTH);
    private final Tensor v = Values.spread(3, -1, 1, 2, KEYS, 2, 3);

    private static DotProductAttention options(boolean causal) {
        return new DotProductAttention(causal, Attention.scale(WIDTH));
    }

    @Test
    void isTheFormula() {
        assertAgrees(
                "attention",
                Attention.scaledDotProduct(q, k, v),
                PlainAttention.of(q, k, v, PlainAttention.everything()));
    }

    @Test
    void causalIsTheFormulaWithAMaskThatEndsInTheLowerRightCorner() {
        assertAgrees(
                "causal attention", Attention.causal(q, k, v), PlainAttention.of(q, k, v, Masks.causal(QUERIES, KEYS)));
    }

    @Test
    void headsMayShareKeysAndValues() {
        Tensor manyHeads = Values.spread(4, -2, 2, 2, QUERIES, 6, WIDTH);

        assertAgrees(
                "grouped attention",
                Attention.scaledDotProduct(manyHeads, k, v),
                PlainAttention.of(manyHeads, k, v, PlainAttention.everything()));
    }

    @Test
    void aMaskHides() {
        Tensor mask = Masks.padding(KEYS, 2, 4);

        assertAgrees(
                "masked attention",
                Attention.of(options(false), Optional.of(mask), q, k, v),
                PlainAttention.of(q, k, v, mask));
    }

    @Test
    void keysThatAreAllAlikeGiveTheMeanOfTheValues() {
        Tensor alike = Tensors.ones(k.shape());

        assertAgrees(
                "result",
                Attention.scaledDotProduct(q, alike, v),
                v.mean(true, 1).expand(2, QUERIES, 2, 3));
    }

    @Test
    void theOrderOfKeysAndValuesDoesNotMatter() {
        assertAgrees(
                "result with keys and values turned round",
                Attention.scaledDotProduct(q, k.flip(1), v.flip(1)),
                Attention.scaledDotProduct(q, k, v));
    }

    @Test
    void scoresMayBeLargerThanAnyExponentialHolds() {
        Tensor one = Tensors.ones(1, 1, 1, WIDTH);
        Tensor keys = Tensors.concat(1, one.mul(1e4), one.mul(-1e4));
        Tensor values = Tensors.of(new double[] {7, 3}, 1, 2, 1, 1);

        assertThat(Attention.scaledDotProduct(one, keys, values).item()).isEqualTo(7);
    }

    @Test
    void theWeightsMixTheValues() {
        Tensor weights = Attention.weights(options(false), Optional.empty(), q, k, v);
        Tensor mixed = weights.matmul(v.permute(0, 2, 1, 3)).permute(0, 2, 1, 3);

        assertThat(weights.shape()).isEqualTo(Shape.of(2, 2, QUERIES, KEYS));
        assertAgrees("sums of the rows", weights.sum(-1), Tensors.ones(2, 2, QUERIES));
        assertAgrees("values mixed by the weights", mixed, Attention.scaledDotProduct(q, k, v));
    }

    @Test
    void whatMustNotBeSeenHasTheWeight0() {
        Tensor causal = Attention.weights(options(true), Optional.empty(), q, k, v);
        Tensor masked = Attention.weights(options(false), Optional.of(Masks.padding(KEYS, 2, 4)), q, k, v);

        assertThat(causal.gt(0).data())
                .as("keys with a weight, causal")
                .containsExactly(
                        Masks.causal(QUERIES, KEYS).expand(causal.shape()).data());
        assertThat(masked.gt(0).data())
                .as("keys with a weight, masked")
                .containsExactly(
                        Masks.padding(KEYS, 2, 4).expand(masked.shape()).data());
    }

    @Test
    void whoMaySeeNothingGetsZeros() {
        Optional<Tensor> nothing = Optional.of(Masks.padding(KEYS, 0, 0));

        assertThat(Attention.weights(options(false), nothing, q, k, v).data()).containsOnly(0);
        assertThat(Attention.of(options(false), nothing, q, k, v).data()).containsOnly(0);
    }

    @Test
    void weightsAreWithoutDropoutAndWithoutHistory() {
        Tensor leaf = q.copy().requiresGrad(true);
        Tensor weights = Attention.weights(options(false).dropout(0.5, 1), Optional.empty(), leaf, k, v);

        assertThat(weights.requiresGrad()).as("recorded").isFalse();
        assertThat(weights.data())
                .containsExactly(Attention.weights(options(false), Optional.empty(), q, k, v)
                        .data());
    }

    @Test
    void dropoutIsDecidedByItsSeed() {
        DotProductAttention dropping = options(false).dropout(0.5, 1);
        double[] mixed = Attention.of(dropping, Optional.empty(), q, k, v).data();

        assertThat(Attention.of(dropping, Optional.empty(), q, k, v).data()).containsExactly(mixed);
        assertThat(Attention.of(options(false).dropout(0.5, 2), Optional.empty(), q, k, v)
                        .data())
                .isNotEqualTo(mixed);
    }

    @Test
    void dropoutKeepsTheMeanWeight() {
        double p = 0.25;
        int weights = 20_000;
        DotProductAttention dropping = options(false).dropout(p, 3);
        double sum = 0;
        for (int i = 0; i < weights; i++) {
            sum += dropping.kept(i);
        }

        double standardError = Math.sqrt(p / (1 - p) / weights);
        assertThat(sum / weights).as("mean factor").isCloseTo(1, within(5 * standardError));
    }

    @Test
    void theScaleIsOneOverTheRootOfTheWidth() {
        assertThat(Attention.scale(16)).isEqualTo(0.25);
    }
}
