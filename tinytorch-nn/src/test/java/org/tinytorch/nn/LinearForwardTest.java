package org.tinytorch.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class LinearForwardTest {
    private static final Tensor WEIGHT = Tensors.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});

    @Test
    void multipliesByTheTransposedWeightAndAddsTheBias() {
        Linear layer = Linear.of(WEIGHT, Tensors.of(10, 20, 30));

        Tensor y = layer.forward(Tensors.of(new double[][] {{1, 0}, {1, -1}}));

        assertThat(y.shape()).isEqualTo(Shape.of(2, 3));
        assertThat(y.data()).containsExactly(11, 23, 35, 9, 19, 29);
    }

    @Test
    void worksWithoutABias() {
        assertThat(Linear.of(WEIGHT)
                        .forward(Tensors.of(new double[][] {{1, 1}}))
                        .data())
                .containsExactly(3, 7, 11);
    }

    @Test
    void takesASingleVector() {
        Tensor y = Linear.of(WEIGHT).forward(Tensors.of(1, 1));

        assertThat(y.shape()).isEqualTo(Shape.of(3));
        assertThat(y.data()).containsExactly(3, 7, 11);
    }

    @Test
    void takesAnEmptyBatch() {
        assertThat(Linear.of(WEIGHT).forward(Tensors.zeros(0, 2)).shape()).isEqualTo(Shape.of(0, 3));
        assertThat(Linear.of(WEIGHT).forward(Tensors.zeros(2, 0, 2)).shape()).isEqualTo(Shape.of(2, 0, 3));
    }

    @Property(tries = 50)
    void treatsEveryRowAlikeWhateverTheLeadingAxes(
            @ForAll @IntRange(min = 1, max = 3) int n, @ForAll @IntRange(min = 1, max = 3) int t, @ForAll long seed) {
        Generator generator = new Generator(seed);
        Linear layer = new Linear(4, 3, generator);
        Tensor x = Tensors.randn(generator, n, t, 4);

        Tensor y = layer.forward(x);

        assertThat(y.shape()).isEqualTo(Shape.of(n, t, 3));
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < t; j++) {
                Tensor row = layer.forward(x.select(0, i).select(0, j));
                assertThat(y.select(0, i).select(0, j).allClose(row, 1e-14, 1e-14))
                        .as("row %d, %d", i, j)
                        .isTrue();
            }
        }
    }

    @Test
    void startsWithinOneOverTheRootOfTheInputs() {
        Linear layer = new Linear(16, 400, new Generator(1));

        assertThat(layer.weight().shape()).isEqualTo(Shape.of(400, 16));
        assertThat(layer.weight().max().item()).isBetween(0.24, 0.25);
        assertThat(layer.weight().min().item()).isBetween(-0.25, -0.24);
        assertThat(layer.bias().orElseThrow().max().item()).isBetween(0.23, 0.25);
    }

    @Test
    void theSameSeedGivesTheSameLayer() {
        assertThat(new Linear(3, 2, new Generator(5)).weight().data())
                .containsExactly(new Linear(3, 2, new Generator(5)).weight().data());
    }

    @Test
    void aWrongNumberOfFeaturesIsNamed() {
        Linear layer = new Linear(784, 10, new Generator(1));

        assertThatThrownBy(() -> layer.forward(Tensors.zeros(32, 100)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("linear: input (32, 100) has 100 features, but the layer expects 784");
        assertThatThrownBy(() -> layer.forward(Tensors.scalar(1)))
                .hasMessage("linear: the input is a scalar, but the layer expects (…, 784)");
    }

    @Test
    void impossibleSizesAreRefused() {
        assertThatThrownBy(() -> new Linear(0, 3, new Generator(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("linear: 0 inputs and 3 outputs are not possible; use at least 1 of each");
        assertThatThrownBy(() -> Linear.of(Tensors.zeros(3)))
                .hasMessageContaining("a weight of shape (3,) is not a matrix");
        assertThatThrownBy(() -> Linear.of(WEIGHT, Tensors.zeros(2)))
                .hasMessageContaining("a bias of shape (2,) does not fit a weight of shape (3, 2); it needs (3,)");
    }
}
