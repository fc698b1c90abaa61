package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class TopKAccuracyTest {
    /** Ranked from the highest score: 2 0 3 1; 0 1 2 3; 3 2 1 0. */
    private static final Tensor SCORES = Tensors.of(new double[][] {{3, 1, 4, 2}, {4, 3, 2, 1}, {1, 2, 3, 4}});

    private static final Tensor LABELS = Tensors.of(0, 2, 0);

    private static double topK(int k, Tensor scores, Tensor labels) {
        TopKAccuracy metric = new TopKAccuracy(k);
        metric.update(scores, labels);
        return metric.value();
    }

    @Test
    void growsWithK() {
        assertThat(topK(1, SCORES, LABELS)).as("no label is first").isEqualTo(0);
        assertThat(topK(2, SCORES, LABELS)).as("0 is second in the first row").isEqualTo(1.0 / 3);
        assertThat(topK(3, SCORES, LABELS)).as("2 is third in the second row").isEqualTo(2.0 / 3);
        assertThat(topK(4, SCORES, LABELS)).isEqualTo(1);
    }

    @Property(tries = 100)
    void withK1ItIsAccuracyAlsoAmongEqualScores(@ForAll long seed) {
        Generator generator = new Generator(seed);
        Tensor scores = Tensors.randint(generator, 3, 10, 4);
        Tensor labels = Tensors.randint(generator, 4, 10);
        Accuracy accuracy = new Accuracy();
        accuracy.update(scores, labels);

        assertThat(topK(1, scores, labels)).isEqualTo(accuracy.value());
    }

    @Test
    void classesLieOnAxis1() {
        Tensor scores = Tensors.of(new double[][][] {{{1, 5}, {2, 4}, {3, 6}}});
        assertThat(topK(2, scores, Tensors.of(new double[][] {{1, 1}})))
                .as("class 1 is second, then third")
                .isEqualTo(0.5);
    }

    @Test
    void aNanIsWrong() {
        assertThat(topK(2, Tensors.of(new double[][] {{Double.NaN, 1}, {1, 2}}), Tensors.of(1, 0)))
                .isEqualTo(0.5);
    }

    @Test
    void kMustBePossible() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopKAccuracy(0))
                .withMessageContaining("k = 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> topK(5, SCORES, LABELS))
                .withMessage("top5_accuracy: there are only 4 classes in scores of shape (3, 4); use k of at most 4");
    }
}
