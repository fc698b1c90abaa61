package org.tinytorch.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tinytorch.attention.Agreement.assertAgrees;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tinytorch.activation.Activations;
import org.tinytorch.nn.GELU;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.ReLU;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.testing.Values;

class FeedForwardTest {
    private static final int WIDTH = 3;
    private static final int HIDDEN = 5;

    private final Tensor x = Values.spread(1, -2, 2, 2, 4, WIDTH);

    private static Layer feedForward(Layer activation, boolean bias) {
        return new FeedForward(WIDTH, HIDDEN, activation, bias, new Generator(1));
    }

    @Test
    void isTwoMatricesWithAnActivationInBetween() {
        Layer layer = feedForward(new GELU(), true);
        Map<String, Tensor> state = layer.stateDict();
        Tensor wide = x.matmul(state.get("expand.weight").transpose()).add(state.get("expand.bias"));
        Tensor narrow = Activations.gelu(wide)
                .matmul(state.get("shrink.weight").transpose())
                .add(state.get("shrink.bias"));

        assertAgrees("result", layer.forward(x), narrow);
    }

    @Test
    void withoutBiasesTheMatricesAreAll() {
        Layer layer = feedForward(new ReLU(), false);
        Map<String, Tensor> state = layer.stateDict();
        Tensor wide = x.matmul(state.get("expand.weight").transpose());

        assertAgrees(
                "result",
                layer.forward(x),
                Activations.relu(wide).matmul(state.get("shrink.weight").transpose()));
    }

    @Test
    void eachPlaceIsForItself() {
        Layer layer = feedForward(new GELU(), true);

        assertAgrees(
                "a place alone",
                layer.forward(x.select(0, 1).select(0, 2)),
                layer.forward(x).select(0, 1).select(0, 2));
    }

    @Test
    void itsParametersAreTwoLinearLayers() {
        Layer with = feedForward(new GELU(), true);
        Layer without = feedForward(new GELU(), false);

        assertThat(with.namedParameters().keySet())
                .containsExactly("expand.weight", "expand.bias", "shrink.weight", "shrink.bias");
        assertThat(with.parameterCount()).isEqualTo(2 * WIDTH * HIDDEN + HIDDEN + WIDTH);
        assertThat(without.namedParameters().keySet()).containsExactly("expand.weight", "shrink.weight");
        assertThat(without.parameterCount()).isEqualTo(2 * WIDTH * HIDDEN);
    }

    @Test
    void anInputOfAnotherWidthIsRefused() {
        Layer layer = feedForward(new GELU(), true);

        assertThatThrownBy(() -> layer.forward(x.slice(2, 0, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("linear: input (2, 4, 2) has 2 features, but the layer expects 3");
    }
}
