package org.tinytorch.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.tinytorch.activation.Activations;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class KlDivLossTest {
    private final Tensor prediction =
            Tensors.of(new double[][] {{0.25, 0.75}, {0.5, 0.5}}).log();
    private final Tensor target = Tensors.of(new double[][] {{0.5, 0.5}, {0.5, 0.5}});
    private final double first = 0.5 * Math.log(0.5 / 0.25) + 0.5 * Math.log(0.5 / 0.75);

    @Test
    void meanSumAndPerSample() {
        assertThat(new KlDivLoss().forward(prediction, target).item()).isCloseTo(first / 4, within(1e-15));
        assertThat(new KlDivLoss()
                        .reduction(Reduction.SUM)
                        .forward(prediction, target)
                        .item())
                .isCloseTo(first, within(1e-15));
        assertThat(new KlDivLoss().perSample().forward(prediction, target).item())
                .isCloseTo(first / 2, within(1e-15));
    }

    @Test
    void theGradientIsTheTargetWithItsSignTurned() {
        assertThat(new KlDivLoss().perSample().gradient(prediction, target).data())
                .containsOnly(-0.25);
        assertThat(new KlDivLoss().gradient(prediction, target).data()).containsOnly(-0.125);
    }

    @Test
    void whereTheTargetIs0NothingIsLostEvenIfThePredictionRulesItOut() {
        Tensor certain = Tensors.of(Double.NEGATIVE_INFINITY, 0).requiresGrad(true);
        Tensor loss = new KlDivLoss().reduction(Reduction.SUM).forward(certain, Tensors.of(0, 1));

        loss.backward();

        assertThat(loss.item()).isZero();
        assertThat(certain.grad().orElseThrow().data()).containsExactly(new double[] {0, -1}, within(0.0));
    }

    @Property(tries = 100)
    void isNotNegativeAndIs0ForEqualDistributions(@ForAll long seed) {
        Generator generator = new Generator(seed);
        Tensor p = Activations.softmax(Tensors.randn(generator, 2, 5), 1);
        Tensor q = Activations.softmax(Tensors.randn(generator, 2, 5), 1);

        assertThat(new KlDivLoss().perSample().forward(p.log(), q).item()).isGreaterThanOrEqualTo(-1e-15);
        assertThat(new KlDivLoss().perSample().forward(p.log(), p).item()).isCloseTo(0, within(1e-15));
    }

    @Test
    void aNegativeTargetIsRefused() {
        assertThatThrownBy(() -> new KlDivLoss().forward(prediction, Tensors.of(new double[][] {{0, 1}, {-0.5, 1.5}})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "klDiv: target -0.5 at (1, 0) is not possible; targets must be probabilities, not negative");
        assertThatThrownBy(() -> new KlDivLoss().perSample().forward(Tensors.scalar(0), Tensors.scalar(1)))
                .hasMessageContaining("no batch axis");
    }
}
