package org.tinytorch.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class ReplaceChildTest {
    private final Layer tanh = new Tanh();
    private final Sequential inner = new Sequential(tanh, new Identity());
    private final Sequential model = Sequential.builder().add("body", inner).build();
    private final Tensor x = Tensors.of(new double[][] {{-1, 2}});

    @Test
    void theNewLayerStandsInThePlaceOfTheOld() {
        Layer relu = new ReLU();

        assertThat(model.replaceChild("body.0", relu)).isSameAs(tanh);

        assertThat(inner.children().keySet()).containsExactly("0", "1");
        assertThat(inner.get(0)).isSameAs(relu);
        assertThat(model.forward(x).data()).containsExactly(0, 2);
    }

    @Test
    void theNewLayerTakesOverTheMode() {
        model.eval();
        Layer relu = new ReLU();

        model.replaceChild("body.0", relu);

        assertThat(relu.isTraining()).isFalse();
    }

    @Test
    void theOldLayerCanBeWrapped() {
        model.replaceChild("body.0", new Sequential(tanh, new ReLU()));

        assertThat(model.namedLayers()).containsKey("body.0.1");
    }

    @Test
    void whatIsNotThereCannotBeReplaced() {
        assertThatThrownBy(() -> model.replaceChild("body.2", new ReLU()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no child '2'");
        assertThatThrownBy(() -> model.replaceChild("head.0", new ReLU())).hasMessageContaining("no child 'head'");
    }

    @Test
    void aLayerCannotBePutInsideItself() {
        assertThatThrownBy(() -> model.replaceChild("body.0", model))
                .hasMessageContaining("a layer cannot be inside itself");
        assertThat(inner.get(0)).as("nothing happened").isSameAs(tanh);
    }
}
