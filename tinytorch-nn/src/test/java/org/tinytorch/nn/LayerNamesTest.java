package org.tinytorch.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class LayerNamesTest {
    private final Generator generator = new Generator(1);

    /** A layer that registers what a test tells it to. */
    private static final class Open extends Layer {
        private Parameter addParameter(String name, Parameter parameter) {
            return parameter(name, parameter);
        }

        private Tensor addBuffer(String name, Tensor tensor) {
            return buffer(name, tensor);
        }

        private Layer addChild(String name, Layer layer) {
            return child(name, layer);
        }

        @Override
        protected Tensor compute(Tensor x) {
            return x;
        }
    }

    private static Parameter parameter(int size) {
        return new Parameter(Tensors.zeros(size));
    }

    @Test
    void parametersAreNamedByTheirPath() {
        Layer model = new Sequential(
                new Linear(2, 3, generator), new Sequential(new Tanh(), new Linear(3, 1, false, generator)));

        assertThat(model.namedParameters().keySet()).containsExactly("0.weight", "0.bias", "1.1.weight");
        assertThat(model.parameterCount()).isEqualTo(2 * 3 + 3 + 3);
    }

    @Test
    void layersAreListedDepthFirstFromTheTop() {
        Layer model = Sequential.builder()
                .add("body", new Sequential(new Tanh(), new ReLU()))
                .add("head", new Identity())
                .build();

        assertThat(model.namedLayers().keySet()).containsExactly("", "body", "body.0", "body.1", "head");
        assertThat(model.child("body.1")).isInstanceOf(ReLU.class);
    }

    @Test
    void aSharedParameterIsListedOnceButSavedUnderBothNames() {
        Parameter shared = parameter(4);
        Open layer = new Open();
        layer.addParameter("first", shared);
        layer.addParameter("second", shared);

        assertThat(layer.parameters()).containsExactly(shared);
        assertThat(layer.parameterCount()).isEqualTo(4);
        assertThat(layer.stateDict().keySet()).containsExactly("first", "second");
    }

    @Test
    void parametersWithEqualNumbersAreStillDifferentOnes() {
        Open layer = new Open();
        layer.addParameter("a", parameter(2));
        layer.addParameter("b", parameter(2));

        assertThat(layer.parameters()).hasSize(2);
    }

    @Test
    void aLayerUsedTwiceIsListedOnce() {
        Layer tanh = new Tanh();

        assertThat(new Sequential(tanh, new ReLU(), tanh).namedLayers().keySet())
                .containsExactly("", "0", "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "."})
    void aNameMustNotBeEmptyOrDotted(String name) {
        assertThatThrownBy(() -> new Open().addChild(name, new Identity()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "' is no name for a part of Open");
    }

    @Test
    void aNameCanBeTakenOnceOnlyWhateverItNames() {
        Open layer = new Open();
        layer.addParameter("p", parameter(1));
        layer.addBuffer("b", Tensors.zeros(1));
        layer.addChild("c", new Identity());

        assertThatThrownBy(() -> layer.addChild("p", new Identity()))
                .hasMessageContaining("already has a part named 'p'");
        assertThatThrownBy(() -> layer.addParameter("b", parameter(1)))
                .hasMessageContaining("already has a part named 'b'");
        assertThatThrownBy(() -> layer.addBuffer("c", Tensors.zeros(1)))
                .hasMessageContaining("already has a part named 'c'");
    }

    @Test
    void aLayerCannotContainItself() {
        Open outer = new Open();
        Open inner = new Open();
        outer.addChild("inner", inner);

        assertThatThrownBy(() -> inner.addChild("outer", outer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a layer cannot be inside itself");
        assertThatThrownBy(() -> inner.addChild("self", inner)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBufferMustNotLearn() {
        assertThatThrownBy(() -> new Open().addBuffer("mean", parameter(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("buffer 'mean' asks for a gradient");
    }

    @Test
    void aMissingChildIsReportedWithThoseThatExist() {
        Layer model = Sequential.builder().add("body", new Tanh()).build();

        assertThatThrownBy(() -> model.child("head"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no child 'head'; it has [body]");
        assertThatThrownBy(() -> model.child("body.0")).hasMessageContaining("Tanh has no child '0'");
    }

    @Test
    void aParameterIsALeafThatAsksForItsGradientAndSharesTheNumbers() {
        Tensor values = Tensors.of(1, 2);
        Parameter parameter = new Parameter(values);

        assertThat(parameter.requiresGrad()).isTrue();
        assertThat(parameter.isLeaf()).isTrue();
        assertThat(parameter.sharesStorageWith(values)).isTrue();
    }

    @Test
    void zeroGradForgetsAllGradients() {
        Layer model = new Linear(2, 1, generator);
        model.parameters().forEach(parameter -> parameter.grad(Tensors.ones(parameter.shape())));

        model.zeroGrad();

        assertThat(model.parameters())
                .allSatisfy(parameter -> assertThat(parameter.grad()).isEmpty());
    }
}
