package org.tinytorch.transformer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.attention.KeyValueStore;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class GptErrorsTest {
    private static final String CONFIGS = "org.tinytorch.transformer.SmallGpts#all";

    private final Gpt gpt2 = new Gpt(SmallGpts.gpt2(), new Generator(1));

    @ParameterizedTest
    @ValueSource(doubles = {-1, SmallGpts.VOCABULARY, 0.5, Double.NaN})
    void anIdOutsideTheVocabularyIsNamedWithItsPlace(double id) {
        Tensor ids = SmallGpts.ids(2, 3);
        ids.set(id, -1, -1);

        assertThatThrownBy(() -> gpt2.forward(ids))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("embedding")
                .hasMessageContaining(String.valueOf(id))
                .hasMessageContaining("position " + (ids.size() - 1));
    }

    @ParameterizedTest
    @MethodSource(CONFIGS)
    void idsMustBeAMatrix(GptConfig config) {
        Gpt model = new Gpt(config, new Generator(1));
        for (Shape shape : List.of(Shape.SCALAR, Shape.of(3), Shape.of(1, 1, 3))) {
            String message = "gpt: ids of shape " + shape
                    + " are not (batch, places); a single text is a batch of one, use unsqueeze(0)";
            Tensor ids = Tensors.zeros(shape);

            assertThatThrownBy(() -> model.forward(ids))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
            assertThatThrownBy(() -> model.last(ids))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
            assertThatThrownBy(() -> model.forward(ids, SmallGpts.stores(config)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
        }
    }

    @Test
    void aTextWithoutTokensHasNoLastPlace() {
        Tensor nothing = Tensors.zeros(1, 0);

        assertThatThrownBy(() -> gpt2.last(nothing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gpt: a text without tokens has no last place; give at least one token");
    }

    private static String tooLong(GptConfig config) {
        return "gpt: " + (config.contextLength() + 1) + " tokens do not fit into a context of "
                + config.contextLength() + "; shorten the text, or give its last " + config.contextLength()
                + " tokens";
    }

    @ParameterizedTest
    @MethodSource(CONFIGS)
    void aTextMustFitIntoTheContext(GptConfig config) {
        Gpt model = new Gpt(config, new Generator(1));
        Tensor ids = SmallGpts.ids(1, config.contextLength() + 1);

        assertThatThrownBy(() -> model.forward(ids))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(tooLong(config));
        assertThatThrownBy(() -> model.last(ids))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(tooLong(config));
    }

    @ParameterizedTest
    @MethodSource(CONFIGS)
    void whatIsInTheStoresCountsToo(GptConfig config) {
        Gpt model = new Gpt(config, new Generator(1));
        List<KeyValueStore> stores = SmallGpts.stores(config);
        model.forward(SmallGpts.ids(1, config.contextLength() - 1), stores);

        assertThatThrownBy(() -> model.forward(SmallGpts.ids(1, 2), stores))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(tooLong(config));
    }

    @Test
    void thereMustBeAStoreForEachBlock() {
        Tensor ids = SmallGpts.ids(1, 2);
        int layers = gpt2.config().layers();
        for (int count : new int[] {0, layers - 1, layers + 1}) {
            List<KeyValueStore> stores = Collections.nCopies(count, KeyValueStore.NONE);

            assertThatThrownBy(() -> gpt2.forward(ids, stores))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("gpt: " + count + " stores of keys and values cannot serve " + layers
                            + " blocks; give one for each");
        }
    }
}
