package org.tinytorch.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tinytorch.nn.Parameter;

class AdamTest {
    private static final Offset<Double> CLOSE = within(1e-13);

    private final Parameter w = Fixtures.parameter(1);

    @Test
    void theFirstStepIsOfTheLearningRateWhateverTheGradient() {
        assertThat(Fixtures.path(new Adam(List.of(w), 0.1).epsilon(0), w, 1e-6))
                .containsExactly(new double[] {0.9}, CLOSE);
        Parameter other = Fixtures.parameter(1);
        assertThat(Fixtures.path(new Adam(List.of(other), 0.1).epsilon(0), other, -1e6))
                .containsExactly(new double[] {1.1}, CLOSE);
    }

    @Test
    void correctsTheBiasOfBothMoments() {
        // m = 0.09 − 0.1, over 1 − 0.81; v = 0.000999 + 0.001, over 1 − 0.998001
        double second = -0.01 / 0.19;

        assertThat(Fixtures.path(new Adam(List.of(w), 0.1).epsilon(0), w, 1, -1))
                .containsExactly(new double[] {0.9, 0.9 - 0.1 * second}, CLOSE);
    }

    @Test
    void epsilonIsAddedToTheRootAfterItsCorrection() {
        assertThat(Fixtures.path(new Adam(List.of(w), 0.1).epsilon(1), w, 1))
                .containsExactly(new double[] {1 - 0.1 / 2}, CLOSE);
    }

    @Test
    void weightDecayPassesThroughTheMoments() {
        // gradient 0 + ½ · 1, whose size does not matter in the first step
        assertThat(Fixtures.path(new Adam(List.of(w), 0.1).epsilon(0).weightDecay(0.5), w, 0))
                .containsExactly(new double[] {0.9}, CLOSE);
    }

    @Test
    void adamWDecaysBesideTheMoments() {
        assertThat(Fixtures.path(new AdamW(List.of(w), 0.1).weightDecay(0.5), w, 0))
                .containsExactly(new double[] {0.95}, CLOSE);
        Parameter other = Fixtures.parameter(1);
        assertThat(Fixtures.path(new AdamW(List.of(other), 0.1).weightDecay(0.5).epsilon(0), other, 3))
                .containsExactly(new double[] {0.95 - 0.1}, CLOSE);
    }

    @Test
    void adamWDecaysByAHundredthUnlessToldOtherwise() {
        assertThat(Fixtures.path(new AdamW(List.of(w), 0.1), w, 0)).containsExactly(new double[] {0.999}, CLOSE);
    }

    @Property(tries = 50)
    void withoutDecayBothAreTheSame(
            @ForAll @DoubleRange(min = -5, max = 5) double first,
            @ForAll @DoubleRange(min = -5, max = 5) double second) {
        Parameter a = Fixtures.parameter(1);
        Parameter b = Fixtures.parameter(1);

        assertThat(Fixtures.path(new AdamW(List.of(a), 0.1).weightDecay(0), a, first, second, first))
                .containsExactly(Fixtures.path(new Adam(List.of(b), 0.1), b, first, second, first));
    }

    @Property(tries = 50)
    void followsThePublishedAlgorithm(
            @ForAll @DoubleRange(min = -5, max = 5) double first,
            @ForAll @DoubleRange(min = -5, max = 5) double second) {
        double[] gradients = {first, second, 0.5, first};
        double expected = 1;
        double m = 0;
        double v = 0;
        for (int t = 1; t <= gradients.length; t++) {
            double g = gradients[t - 1];
            m = 0.8 * m + 0.2 * g;
            v = 0.95 * v + 0.05 * g * g;
            double mHat = m / (1 - Math.pow(0.8, t));
            double vHat = v / (1 - Math.pow(0.95, t));
            expected -= 0.01 * mHat / (Math.sqrt(vHat) + 1e-8);
        }
        Parameter parameter = Fixtures.parameter(1);

        double[] path = Fixtures.path(new Adam(List.of(parameter), 0.01).betas(0.8, 0.95), parameter, gradients);

        assertThat(path[3]).isCloseTo(expected, within(1e-12));
    }
}
