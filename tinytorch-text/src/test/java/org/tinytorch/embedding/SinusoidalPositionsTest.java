package org.tinytorch.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.Naive;
import org.tinytorch.testing.Values;

class SinusoidalPositionsTest {
    private static final int LENGTH = 20;
    private static final int WIDTH = 6;

    private final SinusoidalPositions positions = new SinusoidalPositions(LENGTH, WIDTH);

    private Tensor waves(int first, int count) {
        return positions.forward(Tensors.zeros(count, WIDTH), first);
    }

    @Test
    void theWavesAreThoseOfThePaper() {
        Tensor paper = Naive.fill(new int[] {LENGTH, WIDTH}, at -> {
            int i = at[1] / 2;
            double angle = at[0] / Math.pow(10_000, 2.0 * i / WIDTH);
            return at[1] % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
        });
        assertThat(waves(0, LENGTH).data()).containsExactly(paper.data(), within(1e-12));
    }

    @Test
    void theyAreAddedToEveryTextOfABatch() {
        Tensor x = Values.spread(1, -1, 1, 2, 4, WIDTH);
        Tensor y = positions.forward(x);
        assertThat(y.shape()).isEqualTo(x.shape());
        Tensor expected = Naive.fill(
                new int[] {2, 4, WIDTH}, at -> x.get(at) + waves(0, 4).get(at[1], at[2]));
        assertThat(y.data()).containsExactly(expected.data());
    }

    @Test
    void whatFollowsOnSomethingGoesOnFromThere() {
        Tensor all = waves(0, LENGTH);
        assertThat(waves(7, 5).data()).containsExactly(all.slice(0, 7, 12).data());
        assertThat(waves(LENGTH - 1, 1).data())
                .as("the last position")
                .containsExactly(all.slice(0, LENGTH - 1, LENGTH).data());
    }

    @Property
    void theProductOfTwoPositionsDependsOnTheirDistanceOnly(
            @ForAll @IntRange(max = LENGTH / 2 - 1) int at, @ForAll @IntRange(max = LENGTH / 2) int distance) {
        assertThat(product(at, at + distance)).isCloseTo(product(0, distance), within(1e-12));
        assertThat(product(at, at)).as("every pair has length 1").isCloseTo(WIDTH / 2.0, within(1e-12));
    }

    private double product(int one, int other) {
        return waves(one, 1).mul(waves(other, 1)).sum().item();
    }

    @Test
    void nothingIsLearntOrSaved() {
        assertThat(positions.parameters()).isEmpty();
        assertThat(positions.stateDict()).isEmpty();
        Tensor x = Tensors.zeros(2, WIDTH).requiresGrad(true);
        positions.forward(x).sum().backward();
        assertThat(x.grad().orElseThrow().data()).as("gradient of x").containsOnly(1);
    }

    @Test
    void positionsThatAreNotThereAreNamed() {
        assertThat(positions.length()).isEqualTo(LENGTH);
        assertThatThrownBy(() -> waves(0, LENGTH + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("input (21, 6) takes the positions 0 … 20, but there are only 0 … 19");
        assertThatThrownBy(() -> waves(LENGTH, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takes the positions 20 … 20, but there are only 0 … 19");
        assertThatThrownBy(() -> waves(-1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takes the positions -1 … -1");
    }

    @Test
    void vectorsOfAnotherWidthAreNamed() {
        for (Shape wrong : new Shape[] {Shape.of(2, 4), Shape.of(WIDTH), Shape.of(2, 3, 1)}) {
            assertThatThrownBy(() -> positions.forward(Tensors.zeros(wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("input " + wrong + " is not (…, T, 6)");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 0, 1, 5})
    void aWidthIsEvenAndPositive(int width) {
        assertThatThrownBy(() -> new SinusoidalPositions(LENGTH, width))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("20 positions with waves of " + width + " numbers are not possible");
    }

    @Test
    void thereIsAtLeastOnePosition() {
        assertThatThrownBy(() -> new SinusoidalPositions(0, WIDTH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 positions with waves of 6 numbers are not possible");
    }
}
