package org.tinytorch.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.autograd.GradCheck;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class DistillationLossTest {
    private static final double ROUNDING = 1e-12;
    private static final int SAMPLES = 4;
    private static final int CLASSES = 3;

    private final Generator generator = new Generator(2);
    private final Tensor student = Tensors.randn(generator, SAMPLES, CLASSES);
    private final Tensor teacher = Tensors.randn(generator, SAMPLES, CLASSES).mul(3);
    private final Tensor labels = Tensors.of(0, 2, 1, 2);
    private final Tensor target = Distillation.target(teacher, labels);

    /** The probabilities of one sample at a temperature. */
    private static double[] probabilities(Tensor logits, int sample, double temperature) {
        double sum = 0;
        double[] p = new double[CLASSES];
        for (int c = 0; c < CLASSES; c++) {
            p[c] = Math.exp(logits.get(sample, c) / temperature);
            sum += p[c];
        }
        for (int c = 0; c < CLASSES; c++) {
            p[c] /= sum;
        }
        return p;
    }

    @ParameterizedTest
    @CsvSource({"1, 0.5", "4, 0.9", "0.5, 0.1", "3, 0", "3, 1"})
    void isItsFormula(double temperature, double alpha) {
        double expected = 0;
        for (int n = 0; n < SAMPLES; n++) {
            double[] t = probabilities(teacher, n, temperature);
            double[] z = probabilities(student, n, temperature);
            for (int c = 0; c < CLASSES; c++) {
                expected += alpha * temperature * temperature * t[c] * Math.log(t[c] / z[c]) / SAMPLES;
            }
            expected -= (1 - alpha) * Math.log(probabilities(student, n, 1)[(int) labels.get(n)]) / SAMPLES;
        }

        assertThat(new DistillationLoss(temperature, alpha)
                        .forward(student, target)
                        .item())
                .isCloseTo(expected, within(ROUNDING));
    }

    @Test
    void theExampleOfTwoClasses() {
        Tensor one = Distillation.target(Tensors.of(new double[][] {{0, Math.log(3)}}), Tensors.of(1));

        assertThat(new DistillationLoss(1, 1).forward(Tensors.zeros(1, 2), one).item())
                .isCloseTo(0.25 * Math.log(0.5) + 0.75 * Math.log(1.5), within(ROUNDING));
    }

    @Test
    void aStudentThatAgreesHasNothingToLearnFromItsTeacher() {
        DistillationLoss loss = new DistillationLoss(5, 1);

        assertThat(loss.forward(teacher, target).item()).isCloseTo(0, within(ROUNDING));
        assertThat(loss.gradient(teacher, target).abs().max().item()).isCloseTo(0, within(ROUNDING));
    }

    @ParameterizedTest
    @CsvSource({"1, 0.5", "4, 0.9", "0.5, 0.1", "3, 0", "3, 1"})
    void itsGradientIsTheDerivative(double temperature, double alpha) {
        DistillationLoss loss = new DistillationLoss(temperature, alpha);

        GradCheck.check(z -> loss.forward(z[0], target), student).orThrow();

        Tensor z = student.copy().requiresGrad(true);
        loss.forward(z, target).backward();
        assertThat(loss.gradient(student, target).allClose(z.grad().orElseThrow(), 0, ROUNDING))
                .as("worked out by hand, and by the tape")
                .isTrue();
    }

    @Test
    void theTemperatureLeavesTheSizeOfTheGradientAlone() {
        double cold = new DistillationLoss(50, 1)
                .gradient(student, target)
                .abs()
                .max()
                .item();
        double hot = new DistillationLoss(100, 1)
                .gradient(student, target)
                .abs()
                .max()
                .item();

        assertThat(hot / cold).as("with T², at high temperatures").isCloseTo(1, within(0.05));
    }

    @Test
    void classesAreOnTheLastAxis() {
        Tensor texts = student.reshape(2, 2, CLASSES);
        Tensor ofTexts = Distillation.target(teacher.reshape(2, 2, CLASSES), labels.reshape(2, 2));
        DistillationLoss loss = new DistillationLoss(2, 0.7);

        assertThat(loss.forward(texts, ofTexts).item())
                .isCloseTo(loss.forward(student, target).item(), within(ROUNDING));
        assertThat(loss.gradient(texts, ofTexts).reshape(SAMPLES, CLASSES).data())
                .containsExactly(loss.gradient(student, target).data());
    }

    @Test
    void labelsAloneGiveTheCrossEntropy() {
        assertThat(new DistillationLoss(4, 0.9).forward(student, labels).item())
                .isEqualTo(new CrossEntropyLoss().forward(student, labels).item());
    }

    @Test
    void labelsAloneAreNotEnoughToLearnFrom() {
        Tensor z = student.copy().requiresGrad(true);

        assertThatThrownBy(() -> new DistillationLoss(4, 0.9).forward(z, labels))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("distillation: target (4,) holds labels alone, with which the student would learn without"
                        + " its teacher; train with Distillation.batches(teacher, data)");
    }

    @Test
    void certainTeachersAreFinite() {
        Tensor certain = Distillation.target(Tensors.of(new double[][] {{1000, -1000, 0}}), Tensors.of(0));
        Tensor wrong = Tensors.of(new double[][] {{-1000, 1000, 0}});

        assertThat(new DistillationLoss(1, 0.5).forward(wrong, certain).item())
                .as("half of 2000 from each part")
                .isCloseTo(2000, within(1e-9));
    }

    @Test
    void targetsThatDoNotFitAreRefused() {
        DistillationLoss loss = new DistillationLoss(4, 0.9);

        assertThatThrownBy(() -> loss.forward(student, teacher))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("distillation: target (4, 3) does not fit logits (4, 3); it needs the teacher's logits and"
                        + " after them the label, (4, 4), as Distillation.batches makes it");
        assertThatThrownBy(() -> loss.gradient(student, labels)).hasMessageContaining("target (4,) does not fit");
        assertThatThrownBy(() -> loss.forward(Tensors.of(1, 2), Tensors.of(1, 2, 0)))
                .hasMessage("distillation: logits of shape (2,) have no batch axis; use (N, C)");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aTemperatureMustBePositive(double temperature) {
        assertThatThrownBy(() -> new DistillationLoss(temperature, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "distillation: a temperature of " + temperature + " is not possible; use a positive number");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void theTeachersWeightIsAShare(double alpha) {
        assertThatThrownBy(() -> new DistillationLoss(2, alpha))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("distillation: the teacher cannot have a weight of " + alpha
                        + "; use 0 (labels only) to 1 (teacher only)");
    }
}
