package org.tinytorch.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;

class LayerModeTest {
    private final Layer inner = new Tanh();
    private final Layer model = new Sequential(new Sequential(inner));

    @Test
    void aNewLayerIsTraining() {
        assertThat(inner.isTraining()).isTrue();
    }

    @Test
    void evalAndTrainReachEveryLayer() {
        assertThat(model.eval()).isSameAs(model);
        assertThat(model.namedLayers().values()).noneMatch(Layer::isTraining);

        model.train();
        assertThat(model.namedLayers().values()).allMatch(Layer::isTraining);
    }

    @Test
    void oneLayerCanBeFrozen() {
        model.train();
        inner.eval();

        assertThat(model.isTraining()).isTrue();
        assertThat(inner.isTraining()).isFalse();
    }

    @Test
    void aSummaryLeavesALayerThatTwoParentsShareInItsMode() {
        Layer shared = new Identity();
        Layer twice = new Sequential(new Sequential(shared), new Sequential(shared));
        shared.eval();

        twice.summary(Shape.of(1, 2));

        assertThat(shared.isTraining()).isFalse();
    }

    @Test
    void aSummaryLeavesEachLayerInItsMode() {
        Layer frozen = new Sequential(new Identity()).eval();
        Layer dropout = new Dropout(0.5, new Generator(1));
        Layer mixed = new Sequential(frozen, dropout);

        mixed.summary(Shape.of(1, 2));

        assertThat(mixed.isTraining()).isTrue();
        assertThat(dropout.isTraining()).isTrue();
        assertThat(frozen.namedLayers().values()).noneMatch(Layer::isTraining);
    }
}
