package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class AccuracyTest {
    private final Accuracy accuracy = new Accuracy();

    @Test
    void theHighestScoreIsTheGuess() {
        accuracy.update(
                Tensors.of(new double[][] {{1, 3, 2}, {5, -1, 0}, {0, 0.1, 0.2}, {-3, -2, -4}}),
                Tensors.of(1, 2, 2, 1));

        assertThat(accuracy.value()).as("guesses 1, 0, 2, 1 for 1, 2, 2, 1").isEqualTo(0.75);
    }

    @Test
    void unequalBatchesCountBySampleNotByBatch() {
        accuracy.update(Tensors.of(new double[][] {{1, 0}, {1, 0}, {1, 0}}), Tensors.of(0, 0, 0));
        accuracy.update(Tensors.of(new double[][] {{1, 0}}), Tensors.of(1));

        assertThat(accuracy.value())
                .as("3 of 3, then 0 of 1: 3 of 4, not the average 0.5 of 1 and 0")
                .isEqualTo(0.75);
    }

    @Property(tries = 100)
    void anySplitIntoBatchesGivesTheSame(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 30) int n,
            @ForAll @IntRange(min = 1, max = 30) int size) {
        Generator generator = new Generator(seed);
        Tensor scores = Tensors.randn(generator, n, 4);
        Tensor labels = Tensors.randint(generator, 4, n);
        accuracy.reset();
        accuracy.update(scores, labels);
        double whole = accuracy.value();

        accuracy.reset();
        Batches.of(scores, labels, size).forEach(batch -> accuracy.update(batch.input(), batch.target()));

        assertThat(accuracy.value()).isEqualTo(whole);
    }

    @Test
    void amongEqualScoresTheFirstClassIsTheGuess() {
        accuracy.update(Tensors.of(new double[][] {{2, 2}, {2, 2}}), Tensors.of(0, 1));
        assertThat(accuracy.value()).isEqualTo(0.5);
    }

    @Test
    void aDistributionMeansItsLikeliestClass() {
        accuracy.update(Tensors.of(new double[][] {{1, 3}, {5, -1}}), Tensors.of(new double[][] {{0, 1}, {0.4, 0.6}}));
        assertThat(accuracy.value()).isEqualTo(0.5);
    }

    @Test
    void classesLieOnAxis1AlsoOfMoreAxes() {
        // (N, C, d) = (1, 2, 3): the scores of class 0 are 1 5 0, of class 1 they are 2 4 0
        Tensor scores = Tensors.of(new double[][][] {{{1, 5, 0}, {2, 4, 0}}});
        accuracy.update(scores, Tensors.of(new double[][] {{1, 0, 1}}));
        assertThat(accuracy.value()).as("guesses 1, 0, 0").isEqualTo(2.0 / 3);
    }

    @Test
    void aNanIsWrong() {
        accuracy.update(Tensors.of(new double[][] {{Double.NaN, 1}, {1, Double.NaN}, {0, 1}}), Tensors.of(1, 0, 1));
        assertThat(accuracy.value()).isEqualTo(1.0 / 3);
    }

    @Test
    void resetForgets() {
        accuracy.update(Tensors.of(new double[][] {{1, 0}}), Tensors.of(1));
        accuracy.reset();
        assertThatIllegalStateException().isThrownBy(accuracy::value).withMessageContaining("no sample was seen");
    }

    @Test
    void labelsMustBePossible() {
        for (double label : new double[] {-1, 2, 0.5, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> accuracy.update(Tensors.zeros(2, 2), Tensors.of(0, label)))
                    .withMessageContaining("label " + label + " of sample 1 is not an integer in 0 .. 1");
        }
    }

    @Test
    void shapesMustFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> accuracy.update(Tensors.zeros(3, 2), Tensors.zeros(2)))
                .withMessageContainingAll("(3, 2)", "labels of shape (3,)", "(2,)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> accuracy.update(Tensors.zeros(3), Tensors.zeros(3)))
                .withMessageContaining("no axis of classes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> accuracy.update(Tensors.zeros(3, 0), Tensors.zeros(3)))
                .withMessageContaining("no axis of classes");
    }
}
