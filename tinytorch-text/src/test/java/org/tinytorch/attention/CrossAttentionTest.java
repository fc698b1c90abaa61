package org.tinytorch.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tinytorch.attention.Agreement.assertAgrees;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.Values;

class CrossAttentionTest {
    private static final int BATCH = 2;
    private static final int PLACES = 3;
    private static final int MEMORIES = 5;
    private static final int WIDTH = 6;
    private static final int MEMORY_WIDTH = 4;
    private static final int HEADS = 2;

    private final Tensor x = Values.spread(1, -2, 2, BATCH, PLACES, WIDTH);
    private final Tensor memory = Values.spread(2, -2, 2, BATCH, MEMORIES, MEMORY_WIDTH);

    private static CrossAttention attention(double dropout) {
        return new CrossAttention(WIDTH, MEMORY_WIDTH, HEADS, dropout, new Generator(3));
    }

    private static Tensor heads(Tensor y) {
        return y.reshape(y.dim(0), y.dim(1), HEADS, WIDTH / HEADS);
    }

    /** The layer by its formula. */
    private Tensor expected(CrossAttention attention, Tensor mask) {
        Tensor mixed = PlainAttention.of(
                heads(attention.child("query").forward(x)),
                heads(attention.child("key").forward(memory)),
                heads(attention.child("value").forward(memory)),
                mask);
        return attention.child("output").forward(mixed.reshape(x.shape()));
    }

    @Test
    void isItsFormula() {
        CrossAttention attention = attention(0);

        assertAgrees(
                "result",
                attention.forward(x, memory, Optional.empty()),
                expected(attention, PlainAttention.everything()));
    }

    @Test
    void aMaskHidesMemories() {
        CrossAttention attention = attention(0);
        Tensor padding = Masks.padding(MEMORIES, 2, 4);

        assertAgrees("result", attention.forward(x, memory, Optional.of(padding)), expected(attention, padding));
    }

    @Test
    void withOneInputXIsItsOwnMemory() {
        CrossAttention attention = new CrossAttention(WIDTH, HEADS, new Generator(3));

        assertAgrees("result", attention.forward(x), attention.forward(x, x, Optional.empty()));
    }

    @Test
    void dropoutIsForTrainingOnlyAndSeeded() {
        CrossAttention attention = attention(0.5);
        double[] first = attention.forward(x, memory, Optional.empty()).data();

        assertThat(attention(0.5).forward(x, memory, Optional.empty()).data())
                .as("the same seed")
                .containsExactly(first);
        assertThat(attention.forward(x, memory, Optional.empty()).data())
                .as("the next pass")
                .isNotEqualTo(first);
        attention.eval();
        assertAgrees(
                "in evaluation",
                attention.forward(x, memory, Optional.empty()),
                expected(attention, PlainAttention.everything()));
    }

    @Test
    void aGeneratorPutBackDropsTheSameAgain() {
        CrossAttention attention = attention(0.5);
        Generator generator = attention.generators().get(0);
        long state = generator.state();
        double[] first = attention.forward(x, memory, Optional.empty()).data();
        generator.state(state);

        assertThat(attention.forward(x, memory, Optional.empty()).data()).containsExactly(first);
        assertThat(attention(0).generators()).as("without dropout").isEmpty();
    }

    @Test
    void itsParametersAreFourLinearLayers() {
        CrossAttention attention = attention(0);

        assertThat(attention.namedParameters().keySet())
                .containsExactly(
                        "query.weight",
                        "query.bias",
                        "key.weight",
                        "key.bias",
                        "value.weight",
                        "value.bias",
                        "output.weight",
                        "output.bias");
        assertThat(attention.parameterCount()).isEqualTo(2 * (WIDTH + 1) * WIDTH + 2 * (MEMORY_WIDTH + 1) * WIDTH);
    }

    @Test
    void itsPrintBeginsWithItsOptions() {
        assertThat(attention(0.1).toString()).startsWith("CrossAttention(6, memory=4, heads=2, dropout=0.1\n");
        assertThat(attention(0).toString()).startsWith("CrossAttention(6, memory=4, heads=2\n");
    }

    @Test
    void sizesThatAreNotPossibleAreRefused() {
        assertThatThrownBy(() -> new CrossAttention(WIDTH, 4, new Generator(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attention: a width of 6 cannot be shared out among 4 heads; use a multiple of them");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void aDropoutOfEverythingIsRefused(double p) {
        assertThatThrownBy(() -> attention(p))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attention: a dropout of " + p + " is not possible; use 0 to below 1");
    }

    @Test
    void inputsOfAnotherShapeAreRefusedByName() {
        CrossAttention attention = attention(0);
        String rule = "; a single sequence is a batch of one, use unsqueeze(0)";

        assertThatThrownBy(() -> attention.forward(x.select(0, 0), memory, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attention: input " + Shape.of(PLACES, WIDTH) + " is not (batch, places, 6)" + rule);
        assertThatThrownBy(() -> attention.forward(x, x, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attention: memory " + x.shape() + " is not (batch, places, 4)" + rule);
    }

    @Test
    void theBatchesMustBeAlike() {
        Tensor other = Tensors.zeros(BATCH + 1, MEMORIES, MEMORY_WIDTH);

        assertThatThrownBy(() -> attention(0).forward(x, other, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the batches differ");
    }
}
