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

class LinearBackwardTest {
    private final Linear layer = Linear.of(Tensors.of(new double[][] {{1, 2}, {3, 4}, {5, 6}}), Tensors.zeros(3));
    private final Tensor x = Tensors.of(new double[][] {{1, 2}, {3, 4}});
    private final Tensor g = Tensors.of(new double[][] {{1, 0, 0}, {0, 1, 2}});

    @Test
    void byHand() {
        Tensor gradientOfX = layer.backward(x, g);

        assertThat(layer.weight().grad().orElseThrow().data()).as("gᵀ · x").containsExactly(1, 2, 3, 4, 6, 8);
        assertThat(layer.bias().orElseThrow().grad().orElseThrow().data())
                .as("Σ g")
                .containsExactly(1, 1, 2);
        assertThat(gradientOfX.data()).as("g · W").containsExactly(1, 2, 13, 16);
    }

    @Test
    void gradientsAddUp() {
        layer.backward(x, g);
        layer.backward(x, g);

        assertThat(layer.weight().grad().orElseThrow().data()).containsExactly(2, 4, 6, 8, 12, 16);
        assertThat(layer.bias().orElseThrow().grad().orElseThrow().data()).containsExactly(2, 2, 4);
    }

    @Test
    void nothingIsRecorded() {
        Tensor gradientOfX = layer.backward(x.copy().requiresGrad(true), g);

        assertThat(gradientOfX.requiresGrad()).isFalse();
        assertThat(layer.weight().grad().orElseThrow().requiresGrad()).isFalse();
    }

    @Property(tries = 30)
    void agreesWithTheTapeAndWithDifferences(
            @ForAll @IntRange(min = 1, max = 4) int n, @ForAll @IntRange(min = 1, max = 4) int in, @ForAll long seed) {
        Generator generator = new Generator(seed);
        Linear linear = new Linear(in, 3, generator);
        Tensor input = Tensors.randn(generator, n, 2, in);
        Tensor gradient = Tensors.randn(generator, n, 2, 3);
        Tensor leaf = input.copy().requiresGrad(true);
        linear.forward(leaf).backward(gradient);
        Tensor taped = linear.weight().grad().orElseThrow();
        Tensor tapedBias = linear.bias().orElseThrow().grad().orElseThrow();
        linear.zeroGrad();

        Tensor byHand = linear.backward(input, gradient);

        assertThat(byHand.allClose(leaf.grad().orElseThrow(), 1e-12, 1e-12))
                .as("x")
                .isTrue();
        assertThat(linear.weight().grad().orElseThrow().allClose(taped, 1e-12, 1e-12))
                .as("weight")
                .isTrue();
        assertThat(linear.bias().orElseThrow().grad().orElseThrow().allClose(tapedBias, 1e-12, 1e-12))
                .as("bias")
                .isTrue();
        CentralDifference.assertAgrees(
                "x",
                byHand,
                CentralDifference.of(v -> linear.forward(v).mul(gradient).sum().item(), input));
    }

    @Test
    void aSingleVectorGoesBackAsAVector() {
        assertThat(layer.backward(Tensors.of(1, 2), Tensors.of(1, 0, 0)).shape())
                .isEqualTo(Shape.of(2));
    }

    @Test
    void aGradientOfAnotherShapeIsRefused() {
        assertThatThrownBy(() -> layer.backward(x, Tensors.zeros(2, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("linear backward: gradient (2, 2) does not fit input (2, 2); the output has shape (2, 3)");
        assertThat(layer.weight().grad()).as("nothing was added").isEmpty();
    }
}
