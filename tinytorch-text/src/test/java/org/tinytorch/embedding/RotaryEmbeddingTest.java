package org.tinytorch.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.embedding.RotatePairs.Layout;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.Naive;
import org.tinytorch.testing.Values;

class RotaryEmbeddingTest {
    private static final int LENGTH = 20;
    private static final int WIDTH = 6;
    private static final int HEADS = 2;
    private static final double BASE = 100;

    private final Tensor x = Values.spread(1, -1, 1, 3, LENGTH, HEADS, WIDTH);

    private static RotaryEmbedding rotary(Layout layout) {
        return new RotaryEmbedding(WIDTH, LENGTH, BASE, layout);
    }

    /** {@code (a, b)} turned by {@code t · base^(−2i / D)}. */
    private static Tensor formula(Tensor x, int first, double base, Layout layout) {
        return Naive.fill(x.shape().dims(), at -> {
            boolean adjacent = layout == Layout.ADJACENT;
            int pair = adjacent ? at[3] / 2 : at[3] % (WIDTH / 2);
            int one = adjacent ? 2 * pair : pair;
            int other = adjacent ? 2 * pair + 1 : pair + WIDTH / 2;
            double angle = (first + at[1]) * Math.pow(base, -2.0 * pair / WIDTH);
            double a = x.get(Naive.with(at, 3, one));
            double b = x.get(Naive.with(at, 3, other));
            return at[3] == one ? a * Math.cos(angle) - b * Math.sin(angle) : a * Math.sin(angle) + b * Math.cos(angle);
        });
    }

    @ParameterizedTest
    @EnumSource
    void pairsAreTurnedAsInThePaper(Layout layout) {
        Tensor turned = rotary(layout).rotate(x, 0);
        assertThat(turned.shape()).isEqualTo(x.shape());
        assertThat(turned.data()).containsExactly(formula(x, 0, BASE, layout).data(), within(1e-12));
    }

    @Test
    void withoutOptionsItIsThePapersBaseAndLayout() {
        Tensor turned = new RotaryEmbedding(WIDTH, LENGTH).rotate(x, 0);
        assertThat(turned.data())
                .containsExactly(formula(x, 0, 10_000, Layout.ADJACENT).data(), within(1e-12));
    }

    @ParameterizedTest
    @EnumSource
    void whatFollowsOnSomethingGoesOnFromThere(Layout layout) {
        Tensor part = x.slice(1, 7, 12);
        assertThat(rotary(layout).rotate(part, 7).data())
                .containsExactly(rotary(layout).rotate(x, 0).slice(1, 7, 12).data());
    }

    @ParameterizedTest
    @EnumSource
    void tellsHowItTurns(Layout layout) {
        RotaryEmbedding rotary = new RotaryEmbedding(4, 3, 100, layout);

        assertThat(rotary.layout()).isEqualTo(layout);
        assertThat(rotary.cosines().shape()).isEqualTo(Shape.of(3, 2));
        assertThat(rotary.cosines().get(2, 1)).isCloseTo(Math.cos(0.2), within(1e-15));
        assertThat(rotary.sines().get(2, 0)).isEqualTo(Math.sin(2));
    }

    @ParameterizedTest
    @EnumSource
    void theFirstPositionStaysAsItIs(Layout layout) {
        assertThat(rotary(layout).rotate(x, 0).slice(1, 0, 1).data())
                .containsExactly(x.slice(1, 0, 1).data());
    }

    @ParameterizedTest
    @EnumSource
    void lengthsStay(Layout layout) {
        Tensor turned = rotary(layout).rotate(x, 0);
        assertThat(turned.square().sum(-1).data())
                .containsExactly(x.square().sum(-1).data(), within(1e-12));
    }

    @Property
    void theProductOfAQueryAndAKeyDependsOnTheirDistanceOnly(
            @ForAll Layout layout,
            @ForAll @IntRange(max = LENGTH / 2 - 1) int at,
            @ForAll @IntRange(max = LENGTH / 2) int distance,
            @ForAll @IntRange(min = 2, max = 1000) int seed) {
        Tensor query = Values.spread(seed, -1, 1, 1, 1, WIDTH);
        Tensor key = Values.spread(seed + 1, -1, 1, 1, 1, WIDTH);
        RotaryEmbedding rotary = rotary(layout);
        double here = rotary.rotate(query, at + distance)
                .mul(rotary.rotate(key, at))
                .sum()
                .item();
        double atTheBeginning =
                rotary.rotate(query, distance).mul(rotary.rotate(key, 0)).sum().item();
        assertThat(here).isCloseTo(atTheBeginning, within(1e-12));
    }

    @Test
    void theDistanceCounts() {
        Tensor query = Tensors.ones(1, 1, WIDTH);
        RotaryEmbedding rotary = rotary(Layout.ADJACENT);
        double same = rotary.rotate(query, 3).mul(rotary.rotate(query, 3)).sum().item();
        double apart =
                rotary.rotate(query, 5).mul(rotary.rotate(query, 3)).sum().item();
        assertThat(apart).isLessThan(same - 0.1);
    }

    @Test
    void onlyTheFirstHeadsAreTurned() {
        RotaryEmbedding rotary = rotary(Layout.ADJACENT);
        Tensor turned = rotary.rotate(x, 0, 1);
        assertThat(turned.slice(2, 0, 1).data())
                .as("the first head")
                .containsExactly(rotary.rotate(x, 0).slice(2, 0, 1).data());
        assertThat(turned.slice(2, 1, HEADS).data())
                .as("the other")
                .containsExactly(x.slice(2, 1, HEADS).data());
    }

    @ParameterizedTest
    @EnumSource
    void gradientsAreTurnedBack(Layout layout) {
        Tensor input = x.copy().requiresGrad(true);
        RotaryEmbedding rotary = rotary(layout);
        Tensor turned = rotary.rotate(input, 0);
        turned.backward(turned.detach());
        assertThat(input.grad().orElseThrow().data())
                .as("turned there and back")
                .containsExactly(x.data(), within(1e-12));
    }

    @Test
    void positionsThatAreNotThereAreNamed() {
        RotaryEmbedding rotary = rotary(Layout.ADJACENT);
        assertThat(rotary.length()).isEqualTo(LENGTH);
        assertThatThrownBy(() -> rotary.rotate(x, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("input (3, 20, 2, 6) takes the positions 1 … 20, but there are only 0 … 19");
        assertThatThrownBy(() -> rotary.rotate(x, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takes the positions -1 … 18");
    }

    @Test
    void vectorsOfAnotherWidthAreNamed() {
        RotaryEmbedding rotary = rotary(Layout.ADJACENT);
        assertThatThrownBy(() -> rotary.rotate(Tensors.zeros(4, HEADS, 8), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cosines (4, 3) and sines (4, 3) cannot go with input (4, 2, 8)");
        assertThatThrownBy(() -> rotary.rotate(Tensors.zeros(4, HEADS, 5), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("input (4, 2, 5) is not (…, T, H, D) with an even D");
    }

    @Test
    void aSequenceHasHeads() {
        assertThatThrownBy(() -> rotary(Layout.ADJACENT).rotate(Tensors.zeros(4, WIDTH), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 0, 1, 5})
    void aWidthIsEvenAndPositive(int width) {
        assertThatThrownBy(() -> new RotaryEmbedding(width, LENGTH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("width " + width + ", length 20, base 10000.0 are not possible");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0, -3, Double.NaN, Double.POSITIVE_INFINITY})
    void aBaseIsFiniteAndAboveOne(double base) {
        assertThatThrownBy(() -> new RotaryEmbedding(WIDTH, LENGTH, base, Layout.ADJACENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("base " + base + " are not possible");
    }

    @Test
    void thereIsAtLeastOnePosition() {
        assertThatThrownBy(() -> new RotaryEmbedding(WIDTH, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("length 0");
    }

    @Test
    void headsThatAreNotThereAndInputsWithoutHeadsAreNamed() {
        RotaryEmbedding rotary = new RotaryEmbedding(4, 8);

        assertThatThrownBy(() -> rotary.rotate(Tensors.zeros(2, 3, 4), 0, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rotary embedding: 4 heads of input (2, 3, 4) cannot be turned; it has 3");
        assertThatThrownBy(() -> rotary.rotate(Tensors.zeros(2, 4), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not (…, T, H, D)");
        assertThatThrownBy(() -> rotary.rotate(Tensors.zeros(2, 3, 4), Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takes the positions 2147483647 … 2147483648");
    }
}
