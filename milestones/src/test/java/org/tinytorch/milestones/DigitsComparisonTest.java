package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tinytorch.milestones.DigitsComparison.Accuracies;

class DigitsComparisonTest {
    @Test
    void tellsWhatEachExperimentCosts() {
        DigitsComparison comparison =
                new DigitsComparison(new Accuracies(0.88, 0.60, 0.875), new Accuracies(0.915, 0.85, 0.87));

        assertThat(comparison.mlp().lostByShift()).isCloseTo(0.28, within());
        assertThat(comparison.cnn().lostByPermutation()).isCloseTo(0.045, within());
        assertThat(comparison.table()).isEqualTo("""
                        test accuracy                          mlp      cnn
                        as they are                         0.8800   0.9150
                        moved by one pixel, after training  0.6000   0.8500
                        pixels permuted, before training    0.8750   0.8700""");
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-12);
    }
}
