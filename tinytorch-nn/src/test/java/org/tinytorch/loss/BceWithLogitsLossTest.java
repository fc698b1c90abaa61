package org.tinytorch.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class BceWithLogitsLossTest {
    private static double loss(double logit, double target) {
        return new BceWithLogitsLoss()
                .forward(Tensors.scalar(logit), Tensors.scalar(target))
                .item();
    }

    @Test
    void isTheCrossEntropyOfTheSigmoid() {
        double logit = Math.log(3); // a probability of ¾

        assertThat(loss(logit, 1)).isCloseTo(-Math.log(0.75), within(1e-15));
        assertThat(loss(logit, 0)).isCloseTo(-Math.log(0.25), within(1e-15));
        assertThat(loss(logit, 0.5)).isCloseTo(-0.5 * Math.log(0.75) - 0.5 * Math.log(0.25), within(1e-15));
        assertThat(loss(0, 1)).isCloseTo(Math.log(2), within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({"1000, 1, 0", "1000, 0, 1000", "-1000, 1, 1000", "-1000, 0, 0", "1e300, 0, 1e300"})
    void nothingOverflows(double logit, double target, double expected) {
        assertThat(loss(logit, target)).isEqualTo(expected);
    }

    @Test
    void tinyLossesKeepTheirDigits() {
        assertThat(loss(-40, 0)).isCloseTo(Math.exp(-40), within(1e-30));
        assertThat(loss(40, 1)).isCloseTo(Math.exp(-40), within(1e-30));
    }

    @Test
    void theGradientIsTheProbabilityLessTheTarget() {
        Tensor logits = Tensors.of(0, Math.log(3), 1000, -1000);

        assertThat(new BceWithLogitsLoss()
                        .reduction(Reduction.SUM)
                        .gradient(logits, Tensors.of(1, 0, 1, 1))
                        .data())
                .containsExactly(new double[] {-0.5, 0.75, 0, -1}, within(1e-15));
        assertThat(new BceWithLogitsLoss()
                        .gradient(logits, Tensors.of(1, 0, 1, 1))
                        .get(0))
                .isEqualTo(-0.125);
    }

    @Test
    void positiveExamplesCanCountMore() {
        BceWithLogitsLoss loss =
                new BceWithLogitsLoss().posWeight(Tensors.of(1, 3)).reduction(Reduction.NONE);

        assertThat(loss.forward(Tensors.zeros(2, 2), Tensors.of(new double[][] {{1, 1}, {0, 0}}))
                        .data())
                .containsExactly(new double[] {Math.log(2), 3 * Math.log(2), Math.log(2), Math.log(2)}, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void targetsAreFrom0To1(double target) {
        assertThatThrownBy(() ->
                        new BceWithLogitsLoss().forward(Tensors.zeros(1, 2), Tensors.of(new double[][] {{0, target}})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "bceWithLogits: target " + target + " at (0, 1) is not possible; targets must be from 0 to 1");
    }

    @Test
    void theWeightMustFit() {
        assertThatThrownBy(() -> new BceWithLogitsLoss()
                        .posWeight(Tensors.ones(3, 2))
                        .forward(Tensors.zeros(2), Tensors.zeros(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("posWeight (3, 2) does not broadcast to the prediction's shape (2,)");
        assertThatThrownBy(() -> new BceWithLogitsLoss().posWeight(Tensors.of(-1)))
                .hasMessageContaining("posWeight -1.0 is not possible");
    }
}
