package org.tinytorch.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class LanguageModelTest {
    private static final int VOCABULARY = 7;
    private static final int CONTEXT = 4;

    private final Gpt gpt = new Gpt(GptConfig.gpt2(VOCABULARY, CONTEXT, 2, 2, 8).dropout(0.5), new Generator(1));
    private final LanguageModel model = LanguageModel.of(gpt);

    /** Fails in the midst of a forward pass. */
    private static final class Broken extends Layer {
        @Override
        protected Tensor compute(Tensor x) {
            throw new IllegalStateException("broken");
        }
    }

    private double[] lastRow(int... tokens) {
        Tensor ids = Tensors.of(Arrays.stream(tokens).asDoubleStream().toArray(), 1, tokens.length);
        gpt.eval();
        Tensor logits = gpt.forward(ids);
        gpt.train();
        return logits.slice(1, -1, tokens.length).data().clone();
    }

    @Test
    void itKnowsItsVocabulary() {
        assertThat(model.vocabularySize()).isEqualTo(VOCABULARY);
        assertThat(model.next(new int[] {3})).hasSize(VOCABULARY);
    }

    @Test
    void theLogitsAreThoseAfterTheLastToken() {
        assertThat(model.next(new int[] {3})).containsExactly(lastRow(3));
        assertThat(model.next(new int[] {3, 1, 4, 1})).containsExactly(lastRow(3, 1, 4, 1));
    }

    @Test
    void theOrderOfTokensCounts() {
        assertThat(model.next(new int[] {3, 1, 4})).isNotEqualTo(model.next(new int[] {1, 3, 4}));
    }

    @Test
    void whatIsLongerThanTheContextSlidesThrough() {
        double[] last = lastRow(4, 1, 5, 2);
        assertThat(model.next(new int[] {1, 4, 1, 5, 2})).containsExactly(last);
        assertThat(model.next(new int[] {6, 6, 6, 0, 4, 1, 5, 2})).containsExactly(last);
        assertThat(model.next(new int[] {6, 6, 6, 0, 5, 1, 5, 2}))
                .as("the first token within the context")
                .isNotEqualTo(last);
    }

    @Test
    void everyLayerGoesBackIntoTheModeItWasIn() {
        Layer dropout = gpt.child("dropout");
        dropout.eval();
        model.next(new int[] {3});
        assertThat(gpt.isTraining()).as("whether the model is training").isTrue();
        assertThat(dropout.isTraining()).as("whether its dropout is").isFalse();

        gpt.replaceChild("norm", new Broken());
        assertThatThrownBy(() -> model.next(new int[] {3})).isInstanceOf(IllegalStateException.class);
        assertThat(gpt.isTraining())
                .as("whether the model is training after an error")
                .isTrue();
    }

    @Test
    void theResultAndTheTokensBelongToTheCaller() {
        int[] tokens = {3, 1};
        double[] first = model.next(tokens);
        double[] kept = first.clone();
        Arrays.fill(first, 0);
        assertThat(model.next(tokens)).containsExactly(kept);
        assertThat(tokens).containsExactly(3, 1);
    }

    @Test
    void noTokenIsNoBeginning() {
        assertThatThrownBy(() -> model.next(new int[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no token to go on from; give at least one");
    }

    @Test
    void anIdThatIsNotThereIsNamedWithItsPosition() {
        assertThatThrownBy(() -> model.next(new int[] {3, VOCABULARY}))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("token 7 at position 1 is not in 0 … 6");
        assertThatThrownBy(() -> model.next(new int[] {-1}))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("token -1 at position 0");
        assertThatThrownBy(() -> model.next(new int[] {-1, 0, 0, 0, 0, 0}))
                .as("a token that has slid out of the context")
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("token -1 at position 0");
    }
}
