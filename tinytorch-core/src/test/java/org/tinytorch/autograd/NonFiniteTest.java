package org.tinytorch.autograd;

import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tinytorch.activation.Activations;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** NaN and infinities go on through both passes; nothing hides them, and they don't spread to elements that have nothing to do with them. */
class NonFiniteTest {
    private static double[] gradient(Tensor leaf) {
        return leaf.grad().orElseThrow().data();
    }

    @Test
    void aNanStaysInItsOwnElement() {
        Tensor x = Tensors.of(1, NaN, 3).requiresGrad(true);
        Tensor y = x.square();
        y.sum().backward();
        assertThat(y.data()).containsExactly(1, NaN, 9);
        assertThat(gradient(x)).containsExactly(2, NaN, 6);
    }

    @Test
    void aNanSpreadsThroughAMatrixProductByRows() {
        Tensor x = Tensors.of(new double[][] {{NaN, 1}, {1, 1}}).requiresGrad(true);
        Tensor weight = Tensors.ones(2, 2).requiresGrad(true);
        Tensor y = x.matmul(weight);
        y.sum().backward();
        assertThat(y.data()).containsExactly(NaN, NaN, 2, 2);
        assertThat(gradient(x)).containsExactly(2, 2, 2, 2);
        assertThat(gradient(weight)).containsExactly(NaN, NaN, 2, 2);
    }

    @Test
    void steepPlacesGiveInfiniteGradients() {
        Tensor x = Tensors.of(0, 4).requiresGrad(true);
        x.sqrt().sum().backward();
        assertThat(gradient(x)).containsExactly(POSITIVE_INFINITY, 0.25);
        x.zeroGrad();
        x.log().sum().backward();
        assertThat(gradient(x)).containsExactly(POSITIVE_INFINITY, 0.25);
    }

    @Test
    void aNanSeedReachesTheLeaf() {
        Tensor x = Tensors.of(1, 2).requiresGrad(true);
        x.mul(2).backward(Tensors.of(NaN, 1));
        assertThat(gradient(x)).containsExactly(NaN, 2);
    }

    @Test
    void clampStopsAnInfiniteGradientWhereItCutsOff() {
        Tensor x = Tensors.of(5, 0.5).requiresGrad(true);
        x.clamp(0, 1).backward(Tensors.of(POSITIVE_INFINITY, POSITIVE_INFINITY));
        assertThat(gradient(x)).as("0, not 0 · ∞").containsExactly(0, POSITIVE_INFINITY);
    }

    @Test
    void powersOfZero() {
        Tensor x = Tensors.of(0, 0, 2).requiresGrad(true);
        x.pow(Tensors.of(0, 1, 0)).sum().backward();
        assertThat(gradient(x)).as("p·x^(p−1), and 0 where p is 0").containsExactly(0, 1, 0);
    }

    @Test
    void aMaskedScoreGetsNoGradient() {
        Tensor x = Tensors.of(1, Double.NEGATIVE_INFINITY, 1).requiresGrad(true);
        Activations.softmax(x, 0).backward(Tensors.of(1, 5, 0));
        assertThat(gradient(x)).containsExactly(0.25, 0, -0.25);
    }
}
