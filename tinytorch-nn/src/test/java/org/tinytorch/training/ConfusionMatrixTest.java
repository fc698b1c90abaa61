package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class ConfusionMatrixTest {
    private final ConfusionMatrix matrix = new ConfusionMatrix(List.of("cat", "dog", "owl"));

    /** Cats: 3 seen, 2 found, 1 taken for a dog. Dogs: 2, all found. Owls: 5, 1 found, 4 taken for cats. */
    @BeforeEach
    void count() {
        matrix.update(guesses(0, 0, 1, 1, 1), Tensors.of(0, 0, 0, 1, 1));
        matrix.update(guesses(0, 0, 0, 0, 2), Tensors.of(2, 2, 2, 2, 2));
    }

    private static Tensor guesses(double... labels) {
        return Tensors.oneHot(Tensors.of(labels), 3);
    }

    @Test
    void rowsAreRightClassesAndColumnsPredictedOnes() {
        assertThat(matrix.count(0, 1)).as("cats taken for dogs").isEqualTo(1);
        assertThat(matrix.count(2, 0)).as("owls taken for cats").isEqualTo(4);
        assertThat(matrix.actual(2)).as("owls").isEqualTo(5);
        assertThat(matrix.predicted(0)).as("taken for cats").isEqualTo(6);
        assertThat(matrix.total()).isEqualTo(10);
        assertThat(matrix.value()).as("2 + 2 + 1 of 10").isEqualTo(0.5);
    }

    @Test
    void printsATable() {
        assertThat(matrix).hasToString("""
                        actual \\ predicted  cat  dog  owl
                                       cat    2    1    .
                                       dog    .    2    .
                                       owl    4    .    1""");
    }

    @Test
    void precisionRecallAndF1OfEachClass() {
        ClassReport report = ClassReport.of(matrix);

        assertThat(report.classes())
                .containsExactly(
                        new ClassScore("cat", 2.0 / 6, 2.0 / 3, 4.0 / 9, 3),
                        new ClassScore("dog", 2.0 / 3, 1, 4.0 / 5, 2),
                        new ClassScore("owl", 1, 1.0 / 5, 2.0 / 6, 5));
        assertThat(report.macro().precision()).as("(1/3 + 2/3 + 1) / 3").isEqualTo(2.0 / 3);
        assertThat(report.macro().recall()).as("(2/3 + 1 + 1/5) / 3").isCloseTo(28.0 / 45, within(1e-15));
        assertThat(report.macro().f1()).as("(4/9 + 4/5 + 1/3) / 3").isCloseTo(71.0 / 135, within(1e-15));
        assertThat(report.accuracy()).isEqualTo(0.5);
        assertThat(report).hasToString("""
                        class  precision  recall     f1  support
                          cat      0.333   0.667  0.444        3
                          dog      0.667   1.000  0.800        2
                          owl      1.000   0.200  0.333        5
                        macro      0.667   0.622  0.526       10
                        accuracy 0.500""");
    }

    @Test
    void aClassNeverSeenNorGuessedScores0() {
        ConfusionMatrix two = new ConfusionMatrix(2);
        two.update(Tensors.of(new double[][] {{1, 0}}), Tensors.of(0));

        assertThat(ClassReport.of(two).classes().get(1)).isEqualTo(new ClassScore("1", 0, 0, 0, 0));
    }

    @Test
    void macroScoresAreMetrics() {
        MacroScore precision = MacroScore.precision(2);
        MacroScore recall = MacroScore.recall(2);
        MacroScore f1 = MacroScore.f1(2);
        for (MacroScore metric : List.of(precision, recall, f1)) {
            metric.update(Tensors.of(new double[][] {{1, 0}, {1, 0}, {1, 0}, {0, 1}}), Tensors.of(0, 0, 1, 1));
        }

        assertThat(precision.value()).as("(2/3 + 1/1) / 2").isEqualTo((2.0 / 3 + 1) / 2);
        assertThat(recall.value()).as("(2/2 + 1/2) / 2").isEqualTo(0.75);
        assertThat(f1.value()).as("(4/5 + 2/3) / 2").isEqualTo((0.8 + 2.0 / 3) / 2);
        assertThat(List.of(precision.name(), recall.name(), f1.name()))
                .containsExactly("macro_precision", "macro_recall", "macro_f1");
        precision.reset();
        assertThatIllegalStateException().isThrownBy(precision::value);
    }

    @Test
    void nonsenseIsRefusedAndNothingCounted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> matrix.update(Tensors.zeros(1, 4), Tensors.of(0)))
                .withMessageContainingAll("4 scores", "3 classes");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        matrix.update(Tensors.of(new double[][] {{1, 2, 3}, {Double.NaN, 0, 0}}), Tensors.of(0, 0)))
                .withMessageContaining("sample 1 has a NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> matrix.update(Tensors.zeros(1, 3), Tensors.of(3)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConfusionMatrix(0))
                .withMessageContaining("no classes");
        assertThat(matrix.total()).isEqualTo(10);
    }
}
