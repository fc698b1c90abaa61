package org.tinytorch.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.Naive;
import org.tinytorch.testing.Values;

class LearnedPositionsTest {
    private static final int LENGTH = 5;
    private static final int WIDTH = 3;

    private final LearnedPositions positions = new LearnedPositions(LENGTH, WIDTH, new Generator(1));

    @Test
    void theVectorOfItsPositionIsAddedToEachPlaceOfEveryText() {
        Tensor x = Values.spread(1, -1, 1, 2, 4, WIDTH);
        Tensor expected = Naive.fill(
                new int[] {2, 4, WIDTH}, at -> x.get(at) + positions.weight().get(at[1], at[2]));
        assertThat(positions.forward(x).data()).containsExactly(expected.data());
    }

    @Test
    void whatFollowsOnSomethingGoesOnFromThere() {
        Tensor y = positions.forward(Tensors.zeros(2, WIDTH), 3);
        assertThat(y.data()).containsExactly(positions.weight().slice(0, 3, 5).data());
    }

    @Test
    void aPositionLearnsFromEveryTextAndOneThatIsNotTakenDoesNot() {
        Tensor g = Values.spread(2, -1, 1, 2, 3, WIDTH);
        positions.forward(Tensors.zeros(2, 3, WIDTH), 1).backward(g);
        Tensor expected = Naive.fill(
                new int[] {LENGTH, WIDTH},
                at -> at[0] < 1 || at[0] > 3 ? 0 : g.get(0, at[0] - 1, at[1]) + g.get(1, at[0] - 1, at[1]));
        assertThat(positions.weight().grad().orElseThrow().data()).containsExactly(expected.data(), within(1e-15));
    }

    @Test
    void theVectorsAreSmallAtFirst() {
        int count = 100;
        Tensor weight = new LearnedPositions(count, count, new Generator(1)).weight();
        double deviation = 0.02;
        double error = deviation / count; // of the mean of count² numbers
        assertThat(weight.mean().item()).isCloseTo(0, within(4 * error));
        assertThat(Math.sqrt(weight.square().mean().item())).isCloseTo(deviation, within(4 * error));
    }

    @Test
    void theyAreSavedAsWeights() {
        assertThat(positions.stateDict()).containsOnlyKeys("weight");
        assertThat(positions.weight().shape()).isEqualTo(Shape.of(LENGTH, WIDTH));
        assertThat(positions.length()).isEqualTo(LENGTH);
    }

    @Test
    void positionsThatAreNotThereAreNamed() {
        assertThatThrownBy(() -> positions.forward(Tensors.zeros(2, 6, WIDTH)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("input (2, 6, 3) takes the positions 0 … 5, but there are only 0 … 4");
        assertThatThrownBy(() -> positions.forward(Tensors.zeros(2, WIDTH), 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takes the positions 4 … 5");
    }

    @Test
    void impossibleSizesAreNamed() {
        Generator generator = new Generator(1);
        assertThatThrownBy(() -> new LearnedPositions(0, WIDTH, generator))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("positions: 0 positions of 3 numbers are not possible; use at least 1 of each");
        assertThatThrownBy(() -> new LearnedPositions(LENGTH, 0, generator))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 positions of 0 numbers");
    }
}
