package org.tinytorch.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tinytorch.loss.Reduction;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.Naive;
import org.tinytorch.testing.Values;

class LanguageModelLossTest {
    private static final int TEXTS = 2;
    private static final int PLACES = 3;
    private static final int VOCABULARY = 5;

    private final Tensor logits = Values.spread(1, -2, 2, TEXTS, PLACES, VOCABULARY);
    private final Tensor target = Values.indices(2, VOCABULARY, TEXTS, PLACES);

    /** {@code log Σ exp z − z_target} of each place. */
    private Tensor naive() {
        return Naive.fill(new int[] {TEXTS, PLACES}, at -> {
            double sum = 0;
            for (int v = 0; v < VOCABULARY; v++) {
                sum += Math.exp(logits.get(at[0], at[1], v));
            }
            return Math.log(sum) - logits.get(at[0], at[1], (int) target.get(at));
        });
    }

    @Test
    void withoutReductionThereIsALossForEachPlace() {
        Tensor loss = new LanguageModelLoss(Reduction.NONE).forward(logits, target);
        assertThat(loss.shape()).isEqualTo(target.shape());
        assertThat(loss.data()).containsExactly(naive().data(), within(1e-12));
    }

    @Test
    void theMeanIsOverAllPlacesOfAllTexts() {
        double sum = Arrays.stream(naive().data()).sum();
        assertThat(new LanguageModelLoss(Reduction.SUM).forward(logits, target).item())
                .isCloseTo(sum, within(1e-12));
        assertThat(new LanguageModelLoss().forward(logits, target).item())
                .isCloseTo(sum / (TEXTS * PLACES), within(1e-12));
    }

    @Test
    void aModelThatKnowsNothingHasTheLogarithmOfTheVocabulary() {
        Tensor alike = Tensors.full(logits.shape(), 7);
        assertThat(new LanguageModelLoss().forward(alike, target).item())
                .isCloseTo(Math.log(VOCABULARY), within(1e-12));
    }

    @ParameterizedTest
    @EnumSource
    void theGradientByHandIsThatOfTheTape(Reduction reduction) {
        LanguageModelLoss loss = new LanguageModelLoss(reduction);
        Tensor prediction = logits.copy().requiresGrad(true);
        loss.forward(prediction, target).sum().backward();
        Tensor byHand = loss.gradient(logits, target);
        assertThat(byHand.shape()).isEqualTo(logits.shape());
        assertThat(byHand.data())
                .containsExactly(prediction.grad().orElseThrow().data(), within(1e-12));
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        LanguageModelLoss loss = new LanguageModelLoss();
        for (Shape wrong : new Shape[] {Shape.of(2, 4), Shape.of(3, 3), Shape.of(6), Shape.of(2, 3, 5)}) {
            assertThatThrownBy(() -> loss.forward(logits, Tensors.zeros(wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("language model loss: prediction (2, 3, 5) and target " + wrong
                            + " do not fit; they must be (B, T, V) and (B, T)");
            assertThatThrownBy(() -> loss.gradient(logits, Tensors.zeros(wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("target " + wrong + " do not fit");
        }
        assertThatThrownBy(() -> loss.forward(Tensors.zeros(3, 5), Tensors.zeros(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prediction (3, 5) and target (3,) do not fit");
    }
}
