package org.tinytorch.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.nn.Parameter;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** What all optimisers have in common. */
class OptimizerTest {
    static final List<BiFunction<List<Parameter>, Double, Optimizer>> OPTIMIZERS =
            List.of(Sgd::new, Adam::new, AdamW::new, RmsProp::new, (parameters, rate) -> new Sgd(parameters, rate)
                    .momentum(0.9));

    @ParameterizedTest
    @FieldSource("OPTIMIZERS")
    void aParameterWithoutAGradientIsSkipped(BiFunction<List<Parameter>, Double, Optimizer> make) {
        Parameter still = Fixtures.parameter(1);
        Parameter moved = Fixtures.parameter(1);
        moved.grad(Tensors.of(1));
        Optimizer optimizer = make.apply(List.of(still, moved), 0.1);

        optimizer.step();

        assertThat(still.data()).containsExactly(1);
        assertThat(moved.data()[0]).isLessThan(1);
        assertThat(optimizer.stateDict().keySet())
                .as("nothing is remembered of it")
                .noneMatch(key -> key.startsWith("0."));
    }

    @ParameterizedTest
    @FieldSource("OPTIMIZERS")
    void findsTheBottomOfABowl(BiFunction<List<Parameter>, Double, Optimizer> make) {
        Parameter w = Fixtures.parameter(3, -2);
        Optimizer optimizer = make.apply(List.of(w), 0.02);

        for (int i = 0; i < 2000; i++) {
            optimizer.zeroGrad();
            w.sub(Tensors.of(1, 1)).square().sum().backward();
            optimizer.step();
        }

        assertThat(w.data()).containsExactly(new double[] {1, 1}, within(0.03));
    }

    @ParameterizedTest
    @FieldSource("OPTIMIZERS")
    void aLearningRateOf0MovesNothing(BiFunction<List<Parameter>, Double, Optimizer> make) {
        Parameter w = Fixtures.parameter(1);

        assertThat(Fixtures.path(make.apply(List.of(w), 0.0), w, 5, 5)).containsExactly(1, 1);
    }

    @ParameterizedTest
    @FieldSource("OPTIMIZERS")
    void anImpossibleLearningRateIsRefused(BiFunction<List<Parameter>, Double, Optimizer> make) {
        for (double rate : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> make.apply(Fixtures.one(), rate))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("optimizer: lr " + rate + " is not possible; it must be finite and not negative");
        }
    }

    @ParameterizedTest
    @FieldSource("OPTIMIZERS")
    void theSameParameterTwiceIsRefused(BiFunction<List<Parameter>, Double, Optimizer> make) {
        Parameter w = Fixtures.parameter(1, 2);

        assertThatThrownBy(() -> make.apply(List.of(Fixtures.parameter(1), w, w), 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(
                        "parameter 2 of shape (2,) appears twice; it would be updated twice in each step");
    }

    @Test
    void zeroGradForgetsAllGradients() {
        Parameter w = Fixtures.parameter(1);
        w.grad(Tensors.of(1));

        new Sgd(List.of(w), 0.1).zeroGrad();

        assertThat(w.grad()).isEmpty();
    }

    @Test
    void withoutZeroGradGradientsAddUp() {
        Parameter w = Fixtures.parameter(2);
        w.mul(3).sum().backward();
        w.mul(3).sum().backward();

        new Sgd(List.of(w), 0.1).step();

        assertThat(w.data()[0]).isCloseTo(2 - 0.1 * 6, within(1e-15));
    }

    @Test
    void theLearningRateCanBeReadAndSet() {
        Optimizer optimizer = new Adam(Fixtures.one(), 0.1);

        optimizer.learningRate(0.01);

        assertThat(optimizer.learningRate()).isEqualTo(0.01);
        assertThatThrownBy(() -> optimizer.learningRate(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aGraphInFlightNoticesThatItsWeightsWereChanged() {
        Parameter w = Fixtures.parameter(2);
        Tensor loss = w.square().sum();
        w.grad(Tensors.of(1));

        new Sgd(List.of(w), 0.1).step();

        assertThatThrownBy(loss::backward).as("w² needs the old w").isInstanceOf(IllegalStateException.class);
    }

    @Test
    void noParametersAreRefused() {
        assertThatThrownBy(() -> new Sgd(List.<Parameter>of(), 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a group without parameters has nothing to learn");
        assertThatThrownBy(() -> new Sgd(List.<ParameterGroup>of(), 0.1))
                .hasMessageContaining("sgd: there is no parameter group");
    }

    @Test
    void aComputedTensorIsRefused() {
        assertThatThrownBy(() -> new Sgd(List.of(Fixtures.parameter(1).mul(2)), 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was computed from others and cannot be optimised");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.0, Double.NaN})
    void impossibleBetasAreRefused(double beta) {
        assertThatThrownBy(() -> new Adam(Fixtures.one(), 0.1).betas(beta, 0.999))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("optimizer: beta1 " + beta + " is not possible; it must be from 0 to below 1");
    }

    @Test
    void otherImpossibleOptionsAreRefused() {
        assertThatThrownBy(() -> new Sgd(Fixtures.one(), 0.1).momentum(-0.5))
                .hasMessageContaining("momentum -0.5 is not possible; it must be finite and not negative");
        assertThatThrownBy(() -> new Sgd(Fixtures.one(), 0.1).dampening(2))
                .hasMessageContaining("dampening 2.0 is not possible; it must be from 0 to 1");
        assertThatThrownBy(() -> new Sgd(Fixtures.one(), 0.1).weightDecay(-1)).hasMessageContaining("weightDecay -1.0");
        assertThatThrownBy(() -> new RmsProp(Fixtures.one(), 0.1).alpha(1.5)).hasMessageContaining("alpha 1.5");
        assertThatThrownBy(() -> new AdamW(Fixtures.one(), 0.1).epsilon(-1)).hasMessageContaining("epsilon -1.0");
    }
}
