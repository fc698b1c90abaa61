package org.tinytorch.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class SequentialTest {
    private final Tensor x = Tensors.of(new double[][] {{1, -2}});

    @Test
    void feedsEachLayerWithTheOutputOfTheOneBefore() {
        Layer doubled = Linear.of(Tensors.of(new double[][] {{2, 0}, {0, 2}}), Tensors.of(1, 1));

        assertThat(new Sequential(doubled, new ReLU()).forward(x).data()).containsExactly(3, 0);
        assertThat(new Sequential(new ReLU(), doubled).forward(x).data()).containsExactly(3, 1);
    }

    @Test
    void withoutLayersReturnsItsInput() {
        assertThat(new Sequential().forward(x)).isSameAs(x);
    }

    @Test
    void layersAreFoundByPositionAndByName() {
        Layer relu = new ReLU();
        Sequential model = Sequential.builder()
                .add("first", new Tanh())
                .add("second", relu)
                .build();

        assertThat(model.size()).isEqualTo(2);
        assertThat(model.get(1)).isSameAs(relu);
        assertThat(model.child("second")).isSameAs(relu);
        assertThatThrownBy(() -> model.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void moreThanTenLayersStayInOrder() {
        Layer[] layers = new Layer[12];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = new Identity();
        }

        assertThat(new Sequential(layers).children().values()).containsExactly(layers);
    }

    @Test
    void aNameIsUsedOnce() {
        assertThatThrownBy(() -> Sequential.builder().add("a", new Tanh()).add("a", new ReLU()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("already is a layer named 'a'");
    }
}
