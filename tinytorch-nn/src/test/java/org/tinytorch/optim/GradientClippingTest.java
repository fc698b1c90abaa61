package org.tinytorch.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.nn.Parameter;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class GradientClippingTest {
    private final Parameter a = Fixtures.parameter(0, 0);
    private final Parameter b = Fixtures.parameter(0);
    private final Parameter without = Fixtures.parameter(0);
    private final List<Parameter> parameters = List.of(without, a, b);

    @BeforeEach
    void gradients() {
        a.grad(Tensors.of(2, -3));
        b.grad(Tensors.of(6)); // √(4 + 9 + 36) = 7
    }

    private double[] all() {
        return Tensors.concat(0, a.grad().orElseThrow(), b.grad().orElseThrow()).data();
    }

    @Test
    void byNormScalesAllGradientsTogether() {
        assertThat(GradientClipping.byNorm(parameters, 1)).as("the norm before").isCloseTo(7, within(1e-14));

        assertThat(all()).containsExactly(new double[] {2 / 7.0, -3 / 7.0, 6 / 7.0}, within(1e-6));
        assertThat(all()[0]).as("as PyTorch, which adds 1e-6 to the norm").isCloseTo(2 / (7 + 1e-6), within(1e-15));
        assertThat(without.grad()).isEmpty();
    }

    @Test
    void aSmallNormIsLeftAlone() {
        assertThat(GradientClipping.byNorm(parameters, 8)).isCloseTo(7, within(1e-14));
        assertThat(all()).containsExactly(2, -3, 6);
    }

    @Test
    void byValueCutsEachElement() {
        GradientClipping.byValue(parameters, 2.5);

        assertThat(all()).containsExactly(2, -2.5, 2.5);
    }

    @Test
    void aGradientSharedByTwoParametersIsScaledOnce() {
        Tensor shared = Tensors.of(3);
        Parameter c = Fixtures.parameter(0);
        Parameter d = Fixtures.parameter(0);
        c.grad(shared);
        d.grad(shared);

        GradientClipping.byNorm(List.of(c, d), 1);

        assertThat(c.grad().orElseThrow().item()).isCloseTo(Math.sqrt(0.5), within(1e-6));
        assertThat(shared.item()).as("not written into").isEqualTo(3);
    }

    @Test
    void hugeGradientsDoNotOverflow() {
        a.grad(Tensors.of(3e200, 4e200));
        b.zeroGrad();

        assertThat(GradientClipping.byNorm(parameters, 1)).isCloseTo(5e200, within(1e186));
        assertThat(a.grad().orElseThrow().data()).containsExactly(new double[] {0.6, 0.8}, within(1e-14));
    }

    @Test
    void withoutGradientsTheNormIs0() {
        assertThat(GradientClipping.byNorm(List.of(without), 1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aGradientThatIsNotFiniteIsNamedAndNothingChanges(double broken) {
        b.grad(Tensors.of(broken));

        assertThatThrownBy(() -> GradientClipping.byNorm(parameters, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the gradient of parameter 2, of shape (1,), contains " + broken);
        assertThat(a.grad().orElseThrow().data()).containsExactly(2, -3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void theLimitIsPositive(double limit) {
        assertThatThrownBy(() -> GradientClipping.byNorm(parameters, limit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxNorm " + limit);
        assertThatThrownBy(() -> GradientClipping.byValue(parameters, limit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limit " + limit);
    }
}
