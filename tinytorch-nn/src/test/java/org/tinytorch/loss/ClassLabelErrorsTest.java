package org.tinytorch.loss;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** What the losses that take class labels refuse. */
class ClassLabelErrorsTest {
    static final List<Loss> LOSSES = List.of(new CrossEntropyLoss(), new NllLoss());

    private static AbstractThrowableAssert<?, ?> assertRefused(Loss loss, Tensor prediction, Tensor target) {
        assertThatThrownBy(() -> loss.gradient(prediction, target))
                .as("the gradient")
                .isInstanceOf(IllegalArgumentException.class);
        return assertThatThrownBy(() -> loss.forward(prediction, target)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"10, 10", "-1, -1", "-100, -100", "2.5, 2.5", "NaN, NaN", "Infinity, Infinity", "1e300, 1.0E300"})
    void aLabelThatIsNoClassIsNamedWithItsPlace(double label, String text) {
        Tensor target = Tensors.of(1, 2, 3, label);

        assertRefused(new CrossEntropyLoss(), Tensors.zeros(4, 10), target)
                .hasMessage("crossEntropy: label " + text
                        + " at (3,) is not one of the 10 classes; use integers from 0 to 9");
        assertRefused(new NllLoss(), Tensors.zeros(4, 10), target)
                .hasMessageStartingWith("nll: label " + text + " at (3,)");
    }

    @ParameterizedTest
    @FieldSource("LOSSES")
    void thePlaceHasAllItsAxes(Loss loss) {
        Tensor target = Tensors.of(new double[][] {{0, 1, 2}, {0, 7, 1}});

        assertRefused(loss, Tensors.zeros(2, 3, 3), target)
                .hasMessageContaining("label 7 at (1, 1) is not one of the 3 classes");
    }

    @ParameterizedTest
    @FieldSource("LOSSES")
    void thereMustBeOneLabelForEachSample(Loss loss) {
        assertRefused(loss, Tensors.zeros(4, 10), Tensors.zeros(5))
                .hasMessageContaining("labels (5,) do not fit predictions (4, 10); they need (4,)");
    }

    @Test
    void labelsInAColumnAreNotTakenForProbabilities() {
        assertRefused(new CrossEntropyLoss(), Tensors.zeros(4, 10), Tensors.zeros(4, 1))
                .hasMessage(
                        "crossEntropy: target (4, 1) does not fit logits (4, 10); use labels of shape (4,) or probabilities of shape (4, 10)");
    }

    @ParameterizedTest
    @FieldSource("LOSSES")
    void aSingleSampleNeedsABatchAxis(Loss loss) {
        assertRefused(loss, Tensors.zeros(10), Tensors.scalar(1))
                .hasMessageContaining("a prediction of shape (10,) has no axes (N, C, …); unsqueeze(0)");
    }

    @ParameterizedTest
    @FieldSource("LOSSES")
    void anEmptyBatchIsRefused(Loss loss) {
        assertRefused(loss, Tensors.zeros(0, 10), Tensors.zeros(0))
                .hasMessageContaining("the batch is empty: the prediction has shape (0, 10)");
        assertRefused(loss, Tensors.zeros(2, 0), Tensors.zeros(2)).hasMessageContaining("the batch is empty");
    }

    @Test
    void thereMustBeOneWeightForEachClass() {
        Tensor three = Tensors.ones(3);

        assertRefused(new CrossEntropyLoss().classWeights(three), Tensors.zeros(1, 4), Tensors.of(0))
                .hasMessage("crossEntropy: there are 3 class weights, but 4 classes");
        assertRefused(new CrossEntropyLoss().classWeights(three), Tensors.zeros(1, 4), Tensors.zeros(1, 4))
                .hasMessageContaining("3 class weights");
        assertRefused(new NllLoss().classWeights(three), Tensors.zeros(1, 4), Tensors.of(0))
                .hasMessageContaining("nll: there are 3 class weights");
    }

    @Test
    void weightsAreAVectorOfNumbersNotBelow0() {
        assertThatThrownBy(() -> new CrossEntropyLoss().classWeights(Tensors.of(1, -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("classWeights: weight -1.0 is not possible; weights must be finite and not negative");
        assertThatThrownBy(() -> new NllLoss().classWeights(Tensors.of(Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NllLoss().classWeights(Tensors.ones(2, 2)))
                .hasMessageContaining("shape (2, 2); they need (classes,)");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void smoothingIsAPart(double smoothing) {
        assertThatThrownBy(() -> new CrossEntropyLoss().labelSmoothing(smoothing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("crossEntropy: labelSmoothing " + smoothing + " is not possible; use 0 to 1");
    }
}
