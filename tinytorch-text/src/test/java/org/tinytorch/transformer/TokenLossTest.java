package org.tinytorch.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.Values;

class TokenLossTest {
    private static final int VOCABULARY = 5;

    private final TokenLoss metric = new TokenLoss();

    private static Tensor logits(int stream, int texts, int places) {
        return Values.spread(stream, -2, 2, texts, places, VOCABULARY);
    }

    private static Tensor ids(int stream, int texts, int places) {
        return Values.indices(stream, VOCABULARY, texts, places);
    }

    @Test
    void everyTokenCountsOnceAlsoInAShorterWindow() {
        metric.update(logits(1, 3, 4), ids(2, 3, 4));
        metric.update(logits(3, 1, 2), ids(4, 1, 2));

        Tensor allLogits = Tensors.concat(
                0, logits(1, 3, 4).reshape(-1, VOCABULARY), logits(3, 1, 2).reshape(-1, VOCABULARY));
        Tensor allIds = Tensors.concat(0, ids(2, 3, 4).flatten(), ids(4, 1, 2).flatten());
        double perToken = new CrossEntropyLoss().forward(allLogits, allIds).item();
        assertThat(metric.value()).isCloseTo(perToken, within(1e-12));

        LanguageModelLoss perWindow = new LanguageModelLoss();
        double ofWindows = (3 * perWindow.forward(logits(1, 3, 4), ids(2, 3, 4)).item()
                        + perWindow.forward(logits(3, 1, 2), ids(4, 1, 2)).item())
                / 4;
        assertThat(metric.value()).as("not the mean of the windows").isNotCloseTo(ofWindows, within(1e-3));
    }

    @Test
    void itsExponentialIsThePerplexity() {
        metric.update(Tensors.zeros(2, 3, VOCABULARY), ids(1, 2, 3));
        assertThat(Math.exp(metric.value())).isCloseTo(VOCABULARY, within(1e-12));
    }

    @Test
    void aResetForgetsWhatWasSeen() {
        metric.update(logits(1, 2, 3), ids(2, 2, 3));
        metric.reset();
        metric.update(logits(3, 2, 3), ids(4, 2, 3));
        assertThat(metric.value())
                .isCloseTo(
                        new LanguageModelLoss()
                                .forward(logits(3, 2, 3), ids(4, 2, 3))
                                .item(),
                        within(1e-12));
    }

    @Test
    void withoutATokenThereIsNoMean() {
        assertThatThrownBy(metric::value)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("token_loss: nothing was seen yet");
        metric.update(logits(1, 2, 3), ids(2, 2, 3));
        metric.reset();
        assertThatThrownBy(metric::value).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void itHasAName() {
        assertThat(metric.name()).isEqualTo("token_loss");
    }

    @Test
    void aBatchThatDoesNotFitIsNotCounted() {
        metric.update(Tensors.zeros(2, 3, VOCABULARY), ids(1, 2, 3));
        assertThatThrownBy(() -> metric.update(logits(1, 2, 3), ids(2, 2, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prediction (2, 3, 5) and target (2, 4) do not fit");
        assertThat(metric.value()).isCloseTo(Math.log(VOCABULARY), within(1e-12));
    }
}
