package org.tinytorch.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tinytorch.attention.Agreement.assertAgrees;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tinytorch.nn.GELU;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.testing.Values;

class SwiGLUTest {
    private static final int WIDTH = 3;
    private static final int HIDDEN = 5;

    private final Tensor x = Values.spread(1, -2, 2, 2, 4, WIDTH);

    private static Layer swiGlu(boolean bias) {
        return new SwiGLU(WIDTH, HIDDEN, bias, new Generator(1));
    }

    private static Tensor silu(Tensor z) {
        return z.div(z.neg().exp().add(1));
    }

    @Test
    void theGateSaysHowMuchOfTheRestPasses() {
        Layer layer = swiGlu(false);
        Map<String, Tensor> state = layer.stateDict();
        Tensor gate = x.matmul(state.get("gate.weight").transpose());
        Tensor up = x.matmul(state.get("up.weight").transpose());

        assertAgrees(
                "result",
                layer.forward(x),
                silu(gate).mul(up).matmul(state.get("down.weight").transpose()));
    }

    @Test
    void biasesAreAddedIfWanted() {
        Layer layer = swiGlu(true);
        Map<String, Tensor> state = layer.stateDict();
        Tensor gate = x.matmul(state.get("gate.weight").transpose()).add(state.get("gate.bias"));
        Tensor up = x.matmul(state.get("up.weight").transpose()).add(state.get("up.bias"));

        assertAgrees(
                "result",
                layer.forward(x),
                silu(gate).mul(up).matmul(state.get("down.weight").transpose()).add(state.get("down.bias")));
    }

    @Test
    void eachPlaceIsForItself() {
        Layer layer = swiGlu(true);

        assertAgrees(
                "a place alone",
                layer.forward(x.select(0, 1).select(0, 2)),
                layer.forward(x).select(0, 1).select(0, 2));
    }

    @Test
    void itsParametersAreThreeLinearLayers() {
        assertThat(swiGlu(true).namedParameters().keySet())
                .containsExactly("gate.weight", "gate.bias", "up.weight", "up.bias", "down.weight", "down.bias");
        assertThat(swiGlu(true).parameterCount()).isEqualTo(3 * WIDTH * HIDDEN + 2 * HIDDEN + WIDTH);
        assertThat(swiGlu(false).namedParameters().keySet()).containsExactly("gate.weight", "up.weight", "down.weight");
        assertThat(swiGlu(false).parameterCount()).isEqualTo(3 * WIDTH * HIDDEN);
    }

    @Test
    void twoThirdsOfTheHiddenWidthMakeItAsLargeAsALayerWithoutAGate() {
        Generator generator = new Generator(1);
        int hidden = 4 * WIDTH;

        assertThat(new SwiGLU(WIDTH, 2 * hidden / 3, false, generator).parameterCount())
                .isEqualTo(new FeedForward(WIDTH, hidden, new GELU(), false, generator).parameterCount());
    }

    @Test
    void anInputOfAnotherWidthIsRefused() {
        assertThatThrownBy(() -> swiGlu(true).forward(x.slice(2, 0, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("linear: input (2, 4, 2) has 2 features, but the layer expects 3");
    }
}
