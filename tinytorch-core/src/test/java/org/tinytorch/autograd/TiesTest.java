package org.tinytorch.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tinytorch.activation.Activations;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Corners, where a function has no derivative: the choice is PyTorch's. */
class TiesTest {
    private static double[] gradient(Tensor leaf) {
        return leaf.grad().orElseThrow().data();
    }

    @Test
    void equalArgumentsShare() {
        Tensor a = Tensors.of(1, 2, 3).requiresGrad(true);
        Tensor b = Tensors.of(3, 2, 1).requiresGrad(true);
        a.maximum(b).sum().backward();
        assertThat(gradient(a)).containsExactly(0, 0.5, 1);
        assertThat(gradient(b)).containsExactly(1, 0.5, 0);
        a.zeroGrad();
        a.minimum(2).sum().backward();
        assertThat(gradient(a)).containsExactly(1, 0.5, 0);
    }

    @Test
    void equalMaximaShareEvenly() {
        Tensor x = Tensors.of(new double[][] {{5, 1, 5}, {2, 2, 2}}).requiresGrad(true);
        x.max(1).sum().backward();
        assertThat(gradient(x)).containsExactly(0.5, 0, 0.5, 1.0 / 3, 1.0 / 3, 1.0 / 3);
    }

    @Test
    void absAndReluAreFlatAtZero() {
        Tensor x = Tensors.of(-1, 0, 1).requiresGrad(true);
        x.abs().sum().backward();
        assertThat(gradient(x)).containsExactly(-1, 0, 1);
        x.zeroGrad();
        Activations.relu(x).sum().backward();
        assertThat(gradient(x)).containsExactly(0, 0, 1);
    }

    @Test
    void clampPassesAtItsBounds() {
        Tensor x = Tensors.of(-2, -1, 0, 1, 2).requiresGrad(true);
        x.clamp(-1, 1).sum().backward();
        assertThat(gradient(x)).containsExactly(0, 1, 1, 1, 0);
    }
}
