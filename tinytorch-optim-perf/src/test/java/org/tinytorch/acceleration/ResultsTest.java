package org.tinytorch.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** The memory of a gradient serves the next one, and whoever held on to the old one learns of it. */
class ResultsTest {
    private Backend before = Backend.reference();
    private final Tensor weight = Tensors.randn(new Generator(1), 97, 101).requiresGrad(true);
    private final Tensor x = Tensors.randn(new Generator(2), 50, 97);

    @BeforeEach
    void plugIn() {
        before = Backend.use(new VectorBackend());
    }

    @AfterEach
    void unplug() {
        Backend.use(before);
    }

    private Tensor gradient(double factor) {
        weight.zeroGrad();
        x.matmul(weight).sum().mul(factor).backward();
        return weight.grad().orElseThrow();
    }

    @Test
    void theNextGradientTakesTheMemoryOfTheLast() {
        double[] first = gradient(1).data();

        assertThat(gradient(2).data()).isSameAs(first);
    }

    @Test
    void theNumbersAreThoseOfTheNewGradient() {
        Tensor once = gradient(1).copy();

        assertThat(gradient(3).allClose(once.mul(3), 1e-12, 0)).isTrue();
    }

    @Test
    void aGradientThatIsGoneSaysSo() {
        Tensor first = gradient(1);
        Tensor view = first.reshape(-1);
        weight.zeroGrad();

        assertThatThrownBy(first::data)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the backward pass gave its memory back")
                .hasMessageContaining("copy()");
        assertThatThrownBy(() -> view.get(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aGradientSetByHandIsNeverTaken() {
        Tensor mine = x.transpose(0, 1).matmul(Tensors.ones(50, 101));
        weight.grad(mine);
        weight.zeroGrad();

        assertThat(mine.data()).hasSize(97 * 101);
    }

    @Test
    void gradientsThatAddUpAreKept() {
        Tensor once = gradient(1).copy();
        x.matmul(weight).sum().backward();

        assertThat(weight.grad().orElseThrow().allClose(once.mul(2), 1e-12, 0)).isTrue();
    }

    @Test
    void twoParametersDoNotShareMemory() {
        Tensor other = Tensors.randn(new Generator(3), 97, 101).requiresGrad(true);
        for (int step = 0; step < 3; step++) {
            weight.zeroGrad();
            other.zeroGrad();
            x.matmul(weight).sum().add(x.matmul(other).sum().mul(2)).backward();

            Tensor g = weight.grad().orElseThrow();
            Tensor h = other.grad().orElseThrow();
            assertThat(h.data()).isNotSameAs(g.data());
            assertThat(h.allClose(g.mul(2), 1e-12, 0)).as("step %d", step).isTrue();
        }
    }
}
