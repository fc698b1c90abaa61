package org.tinytorch.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tinytorch.nn.Parameter;
import org.tinytorch.tensor.Tensors;

class SgdTest {
    private static final Offset<Double> CLOSE = within(1e-14);

    private final Parameter w = Fixtures.parameter(1, 2);

    @Test
    void goesDownTheGradient() {
        w.grad(Tensors.of(10, -4));

        new Sgd(List.of(w), 0.1).step();

        assertThat(w.data()).containsExactly(new double[] {0, 2.4}, CLOSE);
    }

    @Test
    void weightDecayAddsTheWeightToItsGradient() {
        w.grad(Tensors.of(0, 1));

        new Sgd(List.of(w), 0.1).weightDecay(0.5).step();

        assertThat(w.data()).containsExactly(new double[] {1 - 0.1 * 0.5, 2 - 0.1 * (1 + 1)}, CLOSE);
    }

    @Test
    void momentumKeepsTheVelocity() {
        // velocity 1, then 0.9 + 2 = 2.9, then 2.61
        assertThat(Fixtures.path(new Sgd(List.of(w), 0.1).momentum(0.9), w, 1, 2, 0))
                .containsExactly(new double[] {0.9, 0.61, 0.349}, CLOSE);
    }

    @Test
    void dampeningSparesTheFirstGradient() {
        // velocity 1, then 0.9 + ½ · 2 = 1.9
        assertThat(Fixtures.path(new Sgd(List.of(w), 0.1).momentum(0.9).dampening(0.5), w, 1, 2))
                .containsExactly(new double[] {0.9, 0.71}, CLOSE);
    }

    @Test
    void nesterovLooksAhead() {
        // velocity 1, step 1 + 0.9; velocity 2.9, step 2 + 2.61
        assertThat(Fixtures.path(new Sgd(List.of(w), 0.1).momentum(0.9).nesterov(), w, 1, 2))
                .containsExactly(new double[] {0.81, 0.349}, CLOSE);
    }

    @Test
    void weightDecayComesBeforeMomentum() {
        // d = 1 + ½; velocity 1.5, w = 0.85; d = 0 + 0.425, velocity 1.35 + 0.425 = 1.775
        assertThat(Fixtures.path(new Sgd(List.of(w), 0.1).momentum(0.9).weightDecay(0.5), w, 1, 0))
                .containsExactly(new double[] {0.85, 0.6725}, CLOSE);
    }

    @Test
    void nesterovNeedsMomentumAndNoDampening() {
        assertThatThrownBy(() -> new Sgd(List.of(w), 0.1).nesterov().step())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("sgd: nesterov needs momentum and no dampening, but they are 0.0 and 0.0");
        assertThatThrownBy(() -> new Sgd(List.of(w), 0.1)
                        .nesterov()
                        .momentum(0.9)
                        .dampening(0.1)
                        .step())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aStepThatIsRefusedForOneGroupChangesNone() {
        Parameter other = Fixtures.parameter(3);
        w.grad(Tensors.of(1, 1));
        other.grad(Tensors.of(1));
        ParameterGroup slow = new ParameterGroup(List.of(other)).set(Option.MOMENTUM, 0);
        Optimizer optimizer = new Sgd(List.of(new ParameterGroup(List.of(w)), slow), 0.1)
                .momentum(0.9)
                .nesterov();

        assertThatThrownBy(optimizer::step).isInstanceOf(IllegalStateException.class);
        assertThat(w.data()).containsExactly(1, 2);
    }

    @Test
    void theGradientIsLeftAlone() {
        w.grad(Tensors.of(1, 1));
        Optimizer optimizer = new Sgd(List.of(w), 0.1).momentum(0.9).weightDecay(0.1);

        optimizer.step();
        optimizer.step();

        assertThat(w.grad().orElseThrow().data()).containsExactly(1, 1);
    }
}
