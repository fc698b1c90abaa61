package org.tinytorch.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tinytorch.experiment.ForgottenBias.Training;

/** Holds the closing experiment of module 05 to its claims. */
final class ForgottenBiasTest {

    @Test
    @DisplayName("with both updates every point is right after 50 steps, and the border lies between 2 and 3")
    void bothUpdated() {
        Training training = ForgottenBias.train(200, true);
        assertThat(training.losses()[0]).as("the loss at the start, log 2").isEqualTo(Math.log(2), within(1e-12));
        assertThat(training.losses()[50]).as("the loss after 50 steps").isEqualTo(0.314, within(5e-4));
        assertThat(training.accuracies()[50]).as("the accuracy after 50 steps").isEqualTo(1);
        assertThat(training.loss()).as("the loss after 200 steps").isEqualTo(0.150, within(5e-4));
        assertThat(training.accuracy()).as("the accuracy after 200 steps").isEqualTo(1);
        assertThat(training.boundary()).as("the border").isBetween(2.0, 3.0);
    }

    @Test
    @DisplayName("with the bias forgotten nothing is thrown, the loss falls, and half of the points stay wrong")
    void biasForgotten() {
        Training training = ForgottenBias.train(200, false);
        assertThat(training.losses()[0]).as("the loss at the start, log 2").isEqualTo(Math.log(2), within(1e-12));
        for (int step = 1; step <= 200; step++) {
            assertThat(training.losses()[step])
                    .as("the loss after step %d, which never rises", step)
                    .isLessThanOrEqualTo(training.losses()[step - 1] + 1e-12);
        }
        assertThat(training.loss()).as("the loss after 200 steps").isEqualTo(0.624, within(5e-4));
        assertThat(training.accuracy()).as("the accuracy after 200 steps").isEqualTo(0.5);
        assertThat(training.bias()).as("the bias, which nobody moves").isZero();
        assertThat(training.boundary()).as("the border, which cannot leave 0").isZero();
    }

    @Test
    @DisplayName("ten times as many steps do not help, since no weight does better without a bias")
    void moreSteps() {
        Training longer = ForgottenBias.train(2000, false);
        assertThat(longer.loss()).as("the loss after 2000 steps").isEqualTo(0.624, within(5e-4));
        double best = Double.POSITIVE_INFINITY;
        for (int i = -5000; i <= 5000; i++) {
            best = Math.min(best, lossWithoutBias(i / 1000.0));
        }
        assertThat(longer.loss()).as("the best of 10,001 weights from -5 to 5, without a bias").isLessThanOrEqualTo(best + 1e-12);
    }

    /** The mean of log(1 + e^(−z)) where the answer is true and of log(1 + e^z) where it is false, for z = w x. */
    private static double lossWithoutBias(double w) {
        return (Math.log1p(Math.exp(w)) + Math.log1p(Math.exp(2 * w)) + Math.log1p(Math.exp(-3 * w)) + Math.log1p(Math.exp(-4 * w))) / 4;
    }
}
